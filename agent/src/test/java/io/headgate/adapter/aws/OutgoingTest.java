// SPDX-License-Identifier: Apache-2.0
package io.headgate.adapter.aws;

import static org.assertj.core.api.Assertions.assertThat;

import io.headgate.gateway.GatewayRequest;
import io.headgate.gateway.RequestBody;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.internal.http.RequestExecutionContext;
import software.amazon.awssdk.http.SdkHttpFullRequest;
import software.amazon.awssdk.http.SdkHttpRequest;

class OutgoingTest {

  private static final URI APP = URI.create("https://bedrock-runtime.eu-west-1.amazonaws.com/m");
  private static final URI OTHER = URI.create("http://127.0.0.1:8123/b/m?x=a%20b");

  private final SdkHttpFullRequest unsigned = SignedApp.unsigned(APP, "{}");

  @Test
  void aRequestThatNamesItsHostNamesTheOneItIsLedTo() {
    SdkHttpRequest led = led(unsigned.toBuilder().putHeader("Host", APP.getHost()).build());

    assertThat(led.headers().get("Host")).containsExactly("127.0.0.1:8123");
    assertThat(led.getUri()).isEqualTo(OTHER);
  }

  @Test
  void aRequestThatNamesNoHostLeavesThatToTheClient() {
    SdkHttpRequest led = led(unsigned);

    assertThat(led.firstMatchingHeader("Host")).isEmpty();
    assertThat(led.getUri()).isEqualTo(OTHER);
  }

  @Test
  void aRequestThatIsSentAgainMinutesLaterIsSignedAgain() {
    AtomicLong minutes = new AtomicLong();
    SdkHttpRequest app = signedLongAgo();
    Outgoing outgoing = outgoing(app, SignedApp.run(), minutes);
    GatewayRequest asked = outgoing.asked();
    GatewayRequest alike = asked.withHeaders(asked.headers());

    minutes.set(3);
    assertThat(outgoing.request(asked)).isSameAs(app);
    assertThat(authorization(outgoing.request(alike))).isEqualTo(authorization(app));

    minutes.set(5);
    for (GatewayRequest wanted : List.of(asked, alike)) {
      SdkHttpRequest again = outgoing.request(wanted);
      assertThat(check(again)).isEqualTo("eu-central-1/bedrock");
      assertThat(again.headers().get("x-app")).containsExactly("1");
      assertThat(again.getUri()).isEqualTo(APP);
    }
  }

  @Test
  void aRequestThatCannotBeSignedAgainGoesOutAsItIs() {
    AtomicLong minutes = new AtomicLong();
    SdkHttpRequest app = signedLongAgo();
    Outgoing outgoing = outgoing(app, null, minutes);

    minutes.set(5);
    assertThat(outgoing.request(outgoing.asked())).isSameAs(app);
  }

  /** By a key that nobody knows, so that one signature can be told from another. */
  private SdkHttpRequest signedLongAgo() {
    return SignedApp.signed(unsigned).toBuilder()
        .putHeader(
            "Authorization",
            "AWS4-HMAC-SHA256 Credential=AKID/20200101/eu-central-1/bedrock/aws4_request,"
                + " SignedHeaders=host;x-amz-date, Signature="
                + "0".repeat(64))
        .build();
  }

  private static Outgoing outgoing(
      SdkHttpRequest app, RequestExecutionContext run, AtomicLong minutes) {
    if (run != null) {
      Signatures.keep(app, run);
    }
    return Outgoing.of(
        app,
        RequestBody.of("{}".getBytes(StandardCharsets.UTF_8)),
        () -> TimeUnit.MINUTES.toNanos(minutes.get()));
  }

  private static String authorization(SdkHttpRequest request) {
    return request.firstMatchingHeader("Authorization").orElseThrow();
  }

  private static String check(SdkHttpRequest request) {
    return SigV4.check(
        SignedApp.SECRET,
        request.method().name(),
        request.getUri(),
        request::matchingHeaders,
        "{}".getBytes(StandardCharsets.UTF_8));
  }

  private static SdkHttpRequest led(SdkHttpRequest app) {
    Outgoing outgoing = Outgoing.of(app, RequestBody.OPAQUE);
    return outgoing.request(outgoing.asked().withUri(OTHER));
  }
}
