// SPDX-License-Identifier: Apache-2.0
package io.headgate.translate.gemini;

import static io.headgate.translate.gemini.Trees.tree;
import static org.assertj.core.api.Assertions.assertThat;

import io.headgate.chat.Usage;
import org.junit.jupiter.api.Test;

class UsagesTest {

  @Test
  void thoughtsAreOutputAndWhatToolsPutInIsInput() {
    Usage usage =
        Usages.read(
            tree(
                """
                {"promptTokenCount": 100, "cachedContentTokenCount": 60, "candidatesTokenCount": 20,
                 "thoughtsTokenCount": 30, "toolUsePromptTokenCount": 7, "totalTokenCount": 157,
                 "promptTokensDetails": [{"modality": "TEXT", "tokenCount": 80},
                   {"modality": "AUDIO", "tokenCount": 20}]}
                """));

    assertThat(usage.input()).isEqualTo(107);
    assertThat(usage.cacheRead()).isEqualTo(60);
    assertThat(usage.output()).isEqualTo(50);
    assertThat(usage.reasoning()).isEqualTo(30);
    assertThat(usage.audioInput()).isEqualTo(20);
  }

  @Test
  void countsOfZeroAreLeftOutByGoogle() {
    Usage usage = Usages.read(tree("{\"promptTokenCount\":4,\"totalTokenCount\":4}"));

    assertThat(usage.input()).isEqualTo(4);
    assertThat(usage.output()).isZero();
    assertThat(usage.reasoning()).isEqualTo(Usage.UNKNOWN);
    assertThat(Usages.read(null).isEmpty()).isTrue();
  }
}
