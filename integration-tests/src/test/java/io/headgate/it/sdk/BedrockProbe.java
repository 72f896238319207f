// SPDX-License-Identifier: Apache-2.0
package io.headgate.it.sdk;

import java.util.List;
import java.util.concurrent.CompletionException;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.http.Protocol;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.apache.ApacheHttpClient;
import software.amazon.awssdk.http.nio.netty.NettyNioAsyncHttpClient;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.bedrockruntime.BedrockRuntimeAsyncClient;
import software.amazon.awssdk.services.bedrockruntime.BedrockRuntimeClient;
import software.amazon.awssdk.services.bedrockruntime.model.BedrockRuntimeException;
import software.amazon.awssdk.services.bedrockruntime.model.ContentBlock;
import software.amazon.awssdk.services.bedrockruntime.model.ConversationRole;
import software.amazon.awssdk.services.bedrockruntime.model.ConverseRequest;
import software.amazon.awssdk.services.bedrockruntime.model.ConverseResponse;
import software.amazon.awssdk.services.bedrockruntime.model.ConverseStreamResponseHandler;
import software.amazon.awssdk.services.bedrockruntime.model.InvokeModelWithResponseStreamResponseHandler;
import software.amazon.awssdk.services.bedrockruntime.model.Message;

/** An app on the AWS SDK, at Bedrock's own address. */
final class BedrockProbe {

  static final String SECRET = Said.KEY + "aws";
  static final String MODEL = "us.anthropic.claude-haiku-4-5-20251001-v1:0";

  /** Refused by a route of the test's. */
  static final String DENIED = "amazon.nova-pro-v1:0";

  /** Given in other words by a route of the test's. */
  static final String REWRITTEN = "amazon.nova-lite-v1:0";

  private static final StaticCredentialsProvider CREDENTIALS =
      StaticCredentialsProvider.create(
          AwsSessionCredentials.create("AKIDDUMMY", SECRET, "session"));

  private final BedrockRuntimeClient apache = client(ApacheHttpClient.create());
  private final BedrockRuntimeClient plain = client(UrlConnectionHttpClient.create());

  /** Newer ones speak HTTP/2 from the first byte on, which the stand-in does not know. */
  private final BedrockRuntimeAsyncClient netty =
      BedrockRuntimeAsyncClient.builder()
          .httpClient(NettyNioAsyncHttpClient.builder().protocol(Protocol.HTTP1_1).build())
          .region(Region.US_EAST_1)
          .credentialsProvider(CREDENTIALS)
          .build();

  public static void main(String[] args) {
    new BedrockProbe().run();
    System.exit(0);
  }

  private static BedrockRuntimeClient client(SdkHttpClient http) {
    return BedrockRuntimeClient.builder()
        .region(Region.US_EAST_1)
        .credentialsProvider(CREDENTIALS)
        .httpClient(http)
        .build();
  }

  private void run() {
    Said.call("converse", () -> answer(apache.converse(question(MODEL, Said.PROMPT))));
    Said.call("converse url", () -> answer(plain.converse(question(MODEL, Said.PROMPT))));
    Said.call("converse async", () -> answer(netty.converse(question(MODEL, Said.PROMPT)).join()));
    Said.call("converse stream", this::streamed);
    Said.call("invoke", this::invoked);
    Said.call("invoke stream", this::invokedStream);
    Said.call("rewritten", () -> answer(apache.converse(question(REWRITTEN, Said.PROMPT))));
    Said.call("rewritten async", () -> answer(netty.converse(question(REWRITTEN, "Hi")).join()));
    Said.call("denied", () -> failure(() -> answer(apache.converse(question(DENIED, "Hi")))));
    Said.call(
        "denied async", () -> failure(() -> answer(netty.converse(question(DENIED, "Hi")).join())));
    Said.call(
        "invalid", () -> failure(() -> answer(apache.converse(question(MODEL, refused(400))))));
  }

  private static String refused(int status) {
    return "[[standin:status=" + status + "]]";
  }

  private static ConverseRequest question(String model, String text) {
    return ConverseRequest.builder().modelId(model).messages(message(text)).build();
  }

  private static Message message(String text) {
    return Message.builder()
        .role(ConversationRole.USER)
        .content(List.of(ContentBlock.fromText(text)))
        .build();
  }

  private static String answer(ConverseResponse response) {
    return Said.counted(
        response.output().message().content().get(0).text(),
        response.usage().inputTokens(),
        response.usage().outputTokens());
  }

  private String streamed() {
    StringBuilder text = new StringBuilder();
    ConverseStreamResponseHandler handler =
        ConverseStreamResponseHandler.builder()
            .subscriber(
                ConverseStreamResponseHandler.Visitor.builder()
                    .onContentBlockDelta(event -> text.append(event.delta().text()))
                    .build())
            .build();
    netty
        .converseStream(request -> request.modelId(MODEL).messages(message(Said.PROMPT)), handler)
        .join();
    return text.toString();
  }

  private static SdkBytes claude() {
    return SdkBytes.fromUtf8String(
        "{\"anthropic_version\":\"bedrock-2023-05-31\",\"max_tokens\":300,"
            + "\"messages\":[{\"role\":\"user\",\"content\":\""
            + Said.PROMPT
            + "\"}]}");
  }

  private String invoked() {
    String answer =
        apache.invokeModel(request -> request.modelId(MODEL).body(claude())).body().asUtf8String();
    return answer.contains(Said.ANSWER) ? Said.ANSWER : answer;
  }

  private String invokedStream() {
    StringBuilder chunks = new StringBuilder();
    InvokeModelWithResponseStreamResponseHandler handler =
        InvokeModelWithResponseStreamResponseHandler.builder()
            .subscriber(
                InvokeModelWithResponseStreamResponseHandler.Visitor.builder()
                    .onChunk(part -> chunks.append(part.bytes().asUtf8String()))
                    .build())
            .build();
    netty
        .invokeModelWithResponseStream(request -> request.modelId(MODEL).body(claude()), handler)
        .join();
    return chunks.toString().contains("message_stop") ? "all of it" : chunks.toString();
  }

  /** The exception as apps look at it. */
  private static String failure(Said.Call call) throws Exception {
    Throwable thrown;
    try {
      return call.run();
    } catch (CompletionException e) {
      thrown = e.getCause();
    } catch (BedrockRuntimeException e) {
      thrown = e;
    }
    return thrown instanceof BedrockRuntimeException bedrock
        ? bedrock.getClass().getSimpleName()
            + " "
            + bedrock.statusCode()
            + " "
            + bedrock.awsErrorDetails().errorCode()
            + " "
            + bedrock.awsErrorDetails().errorMessage()
        : String.valueOf(thrown);
  }
}
