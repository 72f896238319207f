// SPDX-License-Identifier: Apache-2.0
package io.headgate.it.route;

import com.anthropic.client.AnthropicClient;
import com.anthropic.client.okhttp.AnthropicOkHttpClient;
import com.anthropic.core.http.Headers;
import com.anthropic.core.http.HttpResponseFor;
import com.anthropic.core.http.StreamResponse;
import com.anthropic.errors.AnthropicServiceException;
import com.anthropic.models.messages.Message;
import com.anthropic.models.messages.MessageCreateParams;
import com.anthropic.models.messages.RawMessageStreamEvent;

/** An app on anthropic-java, with the retries that it makes by default. */
final class AnthropicApp implements App {

  private final AnthropicClient client;

  AnthropicApp(String base) {
    client = AnthropicOkHttpClient.builder().apiKey(KEY).baseUrl(base).build();
  }

  @Override
  public void ask(FaultCase asked, Saw saw) {
    MessageCreateParams params =
        MessageCreateParams.builder()
            .model(asked.model())
            .maxTokens(300)
            .addUserMessage(asked.prompt())
            .build();
    try {
      if (asked.stream()) {
        stream(params, saw);
      } else {
        whole(params, saw);
      }
      saw.ended("complete");
    } catch (AnthropicServiceException e) {
      saw.status(e.statusCode());
      fields(e.headers(), saw);
      throw e;
    }
  }

  private void whole(MessageCreateParams params, Saw saw) {
    try (HttpResponseFor<Message> response = client.messages().withRawResponse().create(params)) {
      saw.status(response.statusCode());
      fields(response.headers(), saw);
      response.parse().content().stream()
          .flatMap(block -> block.text().stream())
          .forEach(block -> saw.text(block.text()));
    }
  }

  private void stream(MessageCreateParams params, Saw saw) {
    HttpResponseFor<StreamResponse<RawMessageStreamEvent>> response =
        client.messages().withRawResponse().createStreaming(params);
    saw.status(response.statusCode());
    fields(response.headers(), saw);
    try (StreamResponse<RawMessageStreamEvent> stream = response.parse()) {
      stream.stream()
          .flatMap(event -> event.contentBlockDelta().stream())
          .flatMap(event -> event.delta().text().stream())
          .forEach(delta -> saw.text(delta.text()));
    }
  }

  private static void fields(Headers headers, Saw saw) {
    saw.fields(name -> headers.values(name).stream().findFirst().orElse(null));
  }
}
