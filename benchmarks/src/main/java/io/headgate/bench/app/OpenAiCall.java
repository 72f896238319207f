// SPDX-License-Identifier: Apache-2.0
package io.headgate.bench.app;

import com.openai.client.OpenAIClient;
import com.openai.client.okhttp.OpenAIOkHttpClient;
import java.io.IOException;

/** One LLM call through openai-java. */
public final class OpenAiCall {

  private OpenAiCall() {}

  /** The argument is the host's address, without a path. */
  public static void main(String[] args) throws IOException {
    OpenAIClient client =
        OpenAIOkHttpClient.builder().apiKey("sk-bench").baseUrl(args[0] + "/v1").build();
    try {
      client.chat().completions().create(OpenAiWork.params());
      Footprint.ready();
    } finally {
      client.close();
    }
  }
}
