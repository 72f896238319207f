// SPDX-License-Identifier: Apache-2.0
package io.headgate.it.translate;

import java.net.URI;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.document.Document;
import software.amazon.awssdk.http.Protocol;
import software.amazon.awssdk.http.apache.ApacheHttpClient;
import software.amazon.awssdk.http.nio.netty.NettyNioAsyncHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.bedrockruntime.BedrockRuntimeAsyncClient;
import software.amazon.awssdk.services.bedrockruntime.BedrockRuntimeClient;
import software.amazon.awssdk.services.bedrockruntime.model.BedrockRuntimeException;
import software.amazon.awssdk.services.bedrockruntime.model.ContentBlock;
import software.amazon.awssdk.services.bedrockruntime.model.ConversationRole;
import software.amazon.awssdk.services.bedrockruntime.model.ConverseRequest;
import software.amazon.awssdk.services.bedrockruntime.model.ConverseResponse;
import software.amazon.awssdk.services.bedrockruntime.model.ConverseStreamRequest;
import software.amazon.awssdk.services.bedrockruntime.model.ImageFormat;
import software.amazon.awssdk.services.bedrockruntime.model.ImageSource;
import software.amazon.awssdk.services.bedrockruntime.model.InferenceConfiguration;
import software.amazon.awssdk.services.bedrockruntime.model.Message;
import software.amazon.awssdk.services.bedrockruntime.model.OutputConfig;
import software.amazon.awssdk.services.bedrockruntime.model.OutputFormatStructure;
import software.amazon.awssdk.services.bedrockruntime.model.OutputFormatType;
import software.amazon.awssdk.services.bedrockruntime.model.SystemContentBlock;
import software.amazon.awssdk.services.bedrockruntime.model.TokenUsage;
import software.amazon.awssdk.services.bedrockruntime.model.Tool;
import software.amazon.awssdk.services.bedrockruntime.model.ToolConfiguration;
import software.amazon.awssdk.services.bedrockruntime.model.ToolInputSchema;
import software.amazon.awssdk.services.bedrockruntime.model.ToolResultContentBlock;

/** An app on the AWS SDK, over Apache and, asynchronously, over Netty; it has no other streams. */
final class BedrockApp extends App {

  private static final StaticCredentialsProvider CREDENTIALS =
      StaticCredentialsProvider.create(
          AwsSessionCredentials.create("AKIDDUMMY", Words.KEY, Words.KEY));

  private final String model;
  private final BedrockRuntimeClient apache;
  private final BedrockRuntimeAsyncClient netty;

  private BedrockApp(String model) {
    this.model = model;
    apache =
        configured(BedrockRuntimeClient.builder()).httpClient(ApacheHttpClient.create()).build();
    // Newer ones speak HTTP/2 from the first byte on, which the stand-in does not know.
    netty =
        configured(BedrockRuntimeAsyncClient.builder())
            .httpClient(NettyNioAsyncHttpClient.builder().protocol(Protocol.HTTP1_1).build())
            .build();
  }

  private static <B extends AwsClientBuilder<B, ?>> B configured(B builder) {
    builder
        .region(Region.US_EAST_1)
        .credentialsProvider(CREDENTIALS)
        .overrideConfiguration(
            override -> override.retryStrategy(retries -> retries.maxAttempts(1)));
    return BASE == null ? builder : builder.endpointOverride(URI.create(BASE));
  }

  public static void main(String[] args) {
    new BedrockApp(args[0]).run();
  }

  @Override
  List<Way> ways() {
    return List.of(Way.WHOLE, Way.ASYNC, Way.ASYNC_STREAM);
  }

  @Override
  Answer ask(Ask ask, Way way) throws Exception {
    ConverseRequest request = request(ask);
    return switch (way) {
      case WHOLE -> answer(apache.converse(request));
      case ASYNC -> answer(netty.converse(request).get());
      case STREAM, ASYNC_STREAM -> streamed(request);
    };
  }

  private Answer streamed(ConverseRequest whole) throws Exception {
    ConverseStreamRequest request =
        ConverseStreamRequest.builder()
            .modelId(whole.modelId())
            .system(whole.system())
            .messages(whole.messages())
            .inferenceConfig(whole.inferenceConfig())
            .toolConfig(whole.toolConfig())
            .outputConfig(whole.outputConfig())
            .build();
    ConverseEvents events = new ConverseEvents();
    netty.converseStream(request, events.handler()).get();
    return answer(events.message(), events.usage(), events.stopReason());
  }

  private ConverseRequest request(Ask ask) {
    ConverseRequest.Builder request =
        ConverseRequest.builder()
            .modelId(model)
            .system(SystemContentBlock.fromText(Words.SYSTEM))
            .inferenceConfig(
                InferenceConfiguration.builder().temperature(0.5f).maxTokens(300).build())
            .messages(messages(ask));
    if (!ask.tools().isEmpty()) {
      request.toolConfig(
          ToolConfiguration.builder()
              .tools(ask.tools().stream().map(BedrockApp::tool).toList())
              .build());
    }
    if (ask.schema()) {
      String schema = document(Ticket.schema()).toString();
      request.outputConfig(
          OutputConfig.builder()
              .textFormat(
                  format ->
                      format
                          .type(OutputFormatType.JSON_SCHEMA)
                          .structure(
                              OutputFormatStructure.fromJsonSchema(
                                  json -> json.name("ticket").schema(schema))))
              .build());
    }
    return request.build();
  }

  private static List<Message> messages(Ask ask) {
    List<ContentBlock> user = new ArrayList<>();
    user.add(ContentBlock.fromText(ask.prompt()));
    if (ask.image()) {
      SdkBytes bytes = SdkBytes.fromByteArray(Base64.getDecoder().decode(Words.IMAGE));
      user.add(
          ContentBlock.fromImage(
              image -> image.format(ImageFormat.PNG).source(ImageSource.fromBytes(bytes))));
    }
    List<Message> messages = new ArrayList<>();
    messages.add(Message.builder().role(ConversationRole.USER).content(user).build());
    for (Ask.Round round : ask.rounds()) {
      messages.add((Message) round.answer().turn());
      List<ContentBlock> results = new ArrayList<>();
      for (int i = 0; i < round.results().size(); i++) {
        String id = round.answer().calls().get(i).id();
        ToolResultContentBlock text = ToolResultContentBlock.fromText(round.results().get(i));
        results.add(ContentBlock.fromToolResult(result -> result.toolUseId(id).content(text)));
      }
      if (!round.then().isEmpty()) {
        results.add(ContentBlock.fromText(round.then()));
      }
      messages.add(Message.builder().role(ConversationRole.USER).content(results).build());
    }
    return messages;
  }

  private static Tool tool(AppTool tool) {
    return Tool.fromToolSpec(
        spec ->
            spec.name(tool.tool)
                .description(tool.about)
                .inputSchema(ToolInputSchema.fromJson(document(tool.schema()))));
  }

  private static Document document(Object value) {
    if (value instanceof Map<?, ?> map) {
      Map<String, Document> members = new TreeMap<>();
      map.forEach((name, member) -> members.put(String.valueOf(name), document(member)));
      return Document.fromMap(members);
    }
    if (value instanceof List<?> list) {
      return Document.fromList(list.stream().map(BedrockApp::document).toList());
    }
    return value instanceof Boolean bool
        ? Document.fromBoolean(bool)
        : Document.fromString(String.valueOf(value));
  }

  private static Answer answer(ConverseResponse response) {
    return answer(response.output().message(), response.usage(), response.stopReasonAsString());
  }

  private static Answer answer(Message message, TokenUsage usage, String stop) {
    return new Answer(
        message.content().stream()
            .filter(block -> block.text() != null)
            .map(ContentBlock::text)
            .collect(Collectors.joining()),
        message.content().stream()
            .filter(block -> block.toolUse() != null)
            .map(ContentBlock::toolUse)
            .map(
                use ->
                    new Answer.Call(
                        use.toolUseId(), use.name(), use.input().toString().replace(": ", ":")))
            .toList(),
        usage.inputTokens(),
        usage.outputTokens(),
        stop,
        message);
  }

  /** The SDK has no words for it: the app looks for what it wants. */
  @Override
  String ticket(Ask ask, Way way) throws Exception {
    return ConverseEvents.ticket(ask(ask, way).text());
  }

  @Override
  String failure(Throwable thrown) {
    return thrown instanceof BedrockRuntimeException refused
        ? thrown.getClass().getSimpleName() + " " + refused.statusCode()
        : thrown.toString();
  }
}
