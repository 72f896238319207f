// SPDX-License-Identifier: Apache-2.0
package io.headgate.meter;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BedrockRegionTest {

  @ParameterizedTest
  @CsvSource(
      nullValues = "-",
      value = {
        "https://bedrock-runtime.us-east-1.amazonaws.com/model/a/converse,us-east-1",
        "https://bedrock-runtime-fips.us-gov-west-1.amazonaws.com/,us-gov-west-1",
        "https://vpce-1.bedrock-runtime.eu-west-3.vpce.amazonaws.com/,eu-west-3",
        "https://bedrock-runtime.eu-west-1.api.aws/model/a/converse,eu-west-1",
        "https://bedrock-mantle.us-west-2.api.aws/v1,us-west-2",
        "https://gateway.ai.cloudflare.com/v1/a/g/aws-bedrock/bedrock-runtime/us-east-1/model/m,us-east-1",
        "https://bedrock-runtime.internal/model/m,-",
        "https://localhost:8080/,-",
        "mailto:a,-"
      })
  void theRegionIsInTheAddress(URI uri, @Nullable String region) {
    assertThat(BedrockRegion.of(uri)).isEqualTo(region);
  }
}
