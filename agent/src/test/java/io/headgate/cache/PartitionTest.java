// SPDX-License-Identifier: Apache-2.0
package io.headgate.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.headgate.expression.CelCompiler;
import io.headgate.expression.Expression;
import io.headgate.expression.ExpressionException;
import io.headgate.expression.Variables;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class PartitionTest {

  private static final byte[] SECRET = new byte[32];
  private static final Partition PARTITION = new Partition(SECRET);

  private record Meta(Map<String, Object> metadata) implements Variables {
    @Override
    public Map<String, @Nullable Object> request() {
      return Map.of();
    }

    @Override
    public @Nullable String header(String name) {
      return null;
    }

    @Override
    public @Nullable Object body() {
      return null;
    }

    @Override
    public String environment() {
      return "";
    }

    @Override
    public @Nullable Map<String, @Nullable Object> response() {
      return null;
    }
  }

  private static byte @Nullable [] of(Map<String, Object> metadata, String... expressions) {
    return isolated(metadata, expressions).partition();
  }

  private static Partition.Isolated isolated(Map<String, Object> metadata, String... expressions) {
    List<Expression> compiled = Arrays.stream(expressions).map(PartitionTest::compiled).toList();
    return PARTITION.of(compiled, new Meta(metadata));
  }

  private static byte[] credential(String identity) {
    return PARTITION.ofCredential(identity.getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void everyCharacterOfACredentialCounts() {
    String start = "sk-proj-0123456789012345678901234567890123456789";
    assertThat(credential(start + "a")).hasSize(32).isNotEqualTo(credential(start + "b"));
    assertThat(credential(start)).isEqualTo(credential(start));
  }

  @Test
  void withoutTheSecretNobodyCanMakeIt() {
    byte[] other = SECRET.clone();
    other[31] = 1;
    assertThat(new Partition(other).ofCredential(new byte[0])).isNotEqualTo(credential(""));
    assertThatIllegalArgumentException().isThrownBy(() -> new Partition(new byte[31]));
  }

  @Test
  void valuesKeepTheirPlaces() {
    Map<String, Object> one = Map.of("a", "x", "b", "y");
    assertThat(of(one, "metadata.a", "metadata.b"))
        .isEqualTo(of(Map.of("a", "x", "b", "y", "c", "z"), "metadata.a", "metadata.b"))
        .isNotEqualTo(of(Map.of("a", "y", "b", "x"), "metadata.a", "metadata.b"))
        .isNotEqualTo(of(Map.of("a", "xy", "b", ""), "metadata.a", "metadata.b"))
        .isNotEqualTo(of(Map.of("a", "", "b", "xy"), "metadata.a", "metadata.b"))
        .isNotEqualTo(of(one, "metadata.a"));
  }

  @Test
  void nothingToIsolateByIsOnePartitionForAll() {
    assertThat(of(Map.of("a", "x"))).isEqualTo(of(Map.of())).isNotEqualTo(credential(""));
  }

  @Test
  void withoutAValueThereIsNoPartitionAndTheReasonNamesTheExpression() {
    Partition.Isolated none = isolated(Map.of("a", "hidden"), "metadata.a", "metadata.tenant");
    assertThat(none.partition()).isNull();
    assertThat(none.reason()).isEqualTo("isolate: metadata.tenant has no value");
  }

  private static Expression compiled(String source) {
    try {
      return new CelCompiler(failure -> {}).compile(source, false);
    } catch (ExpressionException e) {
      throw new AssertionError(source, e);
    }
  }
}
