// SPDX-License-Identifier: Apache-2.0
package io.headgate.route;

import static org.assertj.core.api.Assertions.assertThat;

import io.headgate.chat.Operation;
import io.headgate.chat.RequestFacts;
import io.headgate.chat.ResponseFacts;
import io.headgate.chat.WireFormat;
import io.headgate.gateway.Endpoint;
import io.headgate.gateway.Exchange;
import io.headgate.gateway.GatewayRequest;
import io.headgate.gateway.Headers;
import io.headgate.gateway.RequestBody;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;

/** What expressions see of a call. */
class CallVariablesTest {

  private static GatewayRequest request(RequestBody body) {
    return new GatewayRequest(
        "POST", URI.create("https://api.openai.com/v1/x"), Headers.ofFlat("X-Plan", "free"), body);
  }

  private static Exchange exchange(GatewayRequest request, String bodyModel, String pathModel) {
    RequestFacts.Builder facts = RequestFacts.builder();
    facts.model = bodyModel;
    return new Exchange(
        new Endpoint("openai", "openai", WireFormat.OPENAI, Operation.CHAT, pathModel, true),
        request,
        facts.build(),
        new Exchange.CallSite("test", null, null),
        0);
  }

  private static CallVariables variables(RequestBody body) {
    GatewayRequest request = request(body);
    return new CallVariables(exchange(request, "gpt-4o", null), request, "prod");
  }

  private static RequestBody json(String text) {
    return RequestBody.of(text.getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void theRequestIsDescribed() {
    assertThat(variables(RequestBody.NONE).request())
        .containsEntry("operation", "chat")
        .containsEntry("model", "gpt-4o")
        .containsEntry("provider", "openai")
        .containsEntry("stream", true);
  }

  @Test
  void aModelInThePathIsOneToo() {
    GatewayRequest request = request(RequestBody.NONE);

    assertThat(new CallVariables(exchange(request, null, "m"), request, "").request())
        .containsEntry("model", "m");
    assertThat(new CallVariables(exchange(request, null, null), request, "").request())
        .containsEntry("model", null);
  }

  @Test
  void headersCompareWithoutCase() {
    assertThat(variables(RequestBody.NONE).header("x-plan")).isEqualTo("free");
    assertThat(variables(RequestBody.NONE).header("x-other")).isNull();
  }

  @Test
  void theBodyIsParsedOnceAndSharedWithWhatSeesTheAnswer() {
    CallVariables variables = variables(json("{\"user\":{\"id\":7}}"));

    assertThat(variables.body()).isEqualTo(Map.of("user", Map.of("id", 7L)));
    assertThat(variables.withResponse(200, ResponseFacts.NONE, null).body())
        .isSameAs(variables.body());
  }

  @Test
  void aBodyThatCannotBeReadIsNull() {
    assertThat(variables(RequestBody.OPAQUE).body()).isNull();
    assertThat(variables(RequestBody.NONE).body()).isNull();
    assertThat(variables(json("{oops")).body()).isNull();
  }

  @Test
  void metadataMayBecomeKnownLater() {
    GatewayRequest request = request(RequestBody.NONE);
    Exchange exchange = exchange(request, "m", null);
    CallVariables variables = new CallVariables(exchange, request, "prod");
    exchange.metadata(Map.of("user", "u"));

    assertThat(variables.metadata()).containsEntry("user", "u");
    assertThat(variables.environment()).isEqualTo("prod");
  }

  @Test
  void anAnswerSaysWhatIsKnownOfIt() {
    CallVariables variables = variables(RequestBody.NONE);

    assertThat(variables.response()).isNull();
    assertThat(variables.withResponse(200, ResponseFacts.NONE, "hello").response())
        .containsEntry("status", 200L)
        .containsEntry("text", "hello")
        .containsEntry("finish", null)
        .extractingByKey("tokens")
        .asInstanceOf(InstanceOfAssertFactories.MAP)
        .containsEntry("input", null)
        .containsEntry("output", null);
  }
}
