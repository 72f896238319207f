// SPDX-License-Identifier: Apache-2.0
package io.headgate.provider;

import static org.assertj.core.api.Assertions.assertThat;

import io.headgate.chat.WireFormat;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * Holds {@code docs/providers.md} to the catalogue. With {@code -Dheadgate.docs.write=true} the
 * table is written instead.
 */
class ProvidersDocTest {

  private static final Path PAGE = Path.of("..", "docs", "providers.md");
  private static final String START = "<!-- table: start -->\n";
  private static final String END = "<!-- table: end -->";

  @Test
  void thePageSaysWhatTheCatalogueSays() throws Exception {
    String page = Files.readString(PAGE);
    int start = page.indexOf(START) + START.length();
    int end = page.indexOf(END);
    if (Boolean.getBoolean("headgate.docs.write")) {
      Files.writeString(PAGE, page.substring(0, start) + table() + page.substring(end));
    } else {
      assertThat(page.substring(start, end)).isEqualTo(table());
    }
  }

  private static String table() {
    StringBuilder table = new StringBuilder();
    table.append("| provider | hosts | default base URL | formats | credential | key variables |");
    table.append(" `gen_ai.provider.name` |\n|---|---|---|---|---|---|---|\n");
    for (Provider provider : ProviderCatalog.builtIn(new PathRules()).values()) {
      table
          .append("| `" + provider.name() + "` | ")
          .append(code(provider.hosts()).replace("`~", "~`"))
          .append(" | `" + provider.baseUrl() + "` | ")
          .append(String.join(", ", formats(provider)))
          .append(" | " + auth(provider) + " | ")
          .append(provider.keyVariables().isEmpty() ? "–" : code(provider.keyVariables()))
          .append(" | " + code(telemetryNames(provider)) + " |\n");
    }
    return table.toString();
  }

  private static List<String> formats(Provider provider) {
    Set<WireFormat> formats = EnumSet.noneOf(WireFormat.class);
    for (ApiRoot root : provider.roots()) {
      for (PathRule rule : root.rules()) {
        formats.add(rule.format());
      }
    }
    return formats.stream().map(ProvidersDocTest::name).collect(Collectors.toList());
  }

  private static String name(WireFormat format) {
    return switch (format) {
      case OPENAI -> "OpenAI";
      case OPENAI_RESPONSES -> "Responses";
      case ANTHROPIC -> "Anthropic";
      case GEMINI -> "Gemini";
      case BEDROCK -> "Bedrock";
      case COHERE -> "Cohere";
      case OLLAMA -> "Ollama";
      case OTHER -> "own";
    };
  }

  private static String auth(Provider provider) {
    StringBuilder auth = new StringBuilder(provider.auth().description());
    for (WireFormat format : new TreeSet<>(provider.authByFormat().keySet())) {
      auth.append("; " + name(format) + ": " + provider.auth(format).description());
    }
    return auth.toString();
  }

  private static List<String> telemetryNames(Provider provider) {
    Set<String> names = new TreeSet<>();
    for (ApiRoot root : provider.roots()) {
      String name = root.telemetryName();
      names.add(name == null ? provider.telemetryName() : name);
    }
    names.remove(provider.telemetryName());
    List<String> all = new ArrayList<>(names);
    all.add(0, provider.telemetryName());
    return all;
  }

  private static String code(List<String> words) {
    return words.stream().map(w -> "`" + w + "`").collect(Collectors.joining(" "));
  }
}
