// SPDX-License-Identifier: Apache-2.0
package io.headgate.translate.openai;

import io.headgate.chat.ChatAnswer;
import io.headgate.chat.ChatEvent;
import io.headgate.chat.Citation;
import io.headgate.chat.Maker;
import io.headgate.chat.Part;
import io.headgate.dialect.StreamEvent;
import io.headgate.json.Nodes;
import io.headgate.translate.AnswerWriter;
import io.headgate.translate.Asked;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Writes an answer with all the members that OpenAI's SDKs insist on. */
final class ChatAnswerWriter implements AnswerWriter {

  private final Asked asked;
  private final boolean legacy;
  private final ChatEventWriter events;

  ChatAnswerWriter(Asked asked) {
    this.asked = asked;
    this.legacy = legacy(asked);
    this.events = new ChatEventWriter(asked, legacy);
  }

  /** Whether the app knows functions only, not tools. */
  private static boolean legacy(Asked asked) {
    return Nodes.list(asked.body().get("tools")).isEmpty()
        && !Nodes.list(asked.body().get("functions")).isEmpty();
  }

  @Override
  public void event(ChatEvent event, Consumer<StreamEvent> out) {
    events.event(event, out);
  }

  @Override
  public Map<String, @Nullable Object> whole(ChatAnswer answer) {
    List<@Nullable Object> choices = Nodes.array();
    for (ChatAnswer.Choice choice : answer.choices()) {
      choices.add(choice(choices.size(), choice));
    }
    Map<String, @Nullable Object> body =
        Nodes.object(
            "id",
            id(answer.id(), asked),
            "object",
            "chat.completion",
            "created",
            asked.createdSeconds(),
            "model",
            asked.named(answer.model()),
            "choices",
            choices);
    Map<String, @Nullable Object> usage = ChatUsage.written(answer.usage());
    if (usage != null) {
      body.put("usage", usage);
    }
    return body;
  }

  /** The provider's; the SDKs do not mind how it begins. */
  static String id(@Nullable String own, Asked asked) {
    return own == null || own.isEmpty() ? "chatcmpl-" + asked.id() : own;
  }

  private Map<String, @Nullable Object> choice(int index, ChatAnswer.Choice choice) {
    Message message = new Message(index, Finish.cut(choice.stop()));
    choice.parts().forEach(message::add);
    return Nodes.object(
        "index",
        index,
        "message",
        message.written(legacy),
        "logprobs",
        Logprobs.written(choice.logprobs()),
        "finish_reason",
        Finish.written(choice.stop(), !message.calls.isEmpty(), legacy));
  }

  /** Gathers what a message is made of, part by part. */
  private final class Message {

    private final int index;
    private final boolean cut;
    private final StringBuilder content = new StringBuilder();
    private final StringBuilder refusal = new StringBuilder();
    private final StringBuilder thought = new StringBuilder();
    private final List<@Nullable Object> blocks = Nodes.array();
    private final List<@Nullable Object> annotations = Nodes.array();
    private final List<@Nullable Object> images = Nodes.array();
    private final List<@Nullable Object> calls = Nodes.array();

    Message(int index, boolean cut) {
      this.index = index;
      this.cut = cut;
    }

    void add(Part part) {
      if (part instanceof Part.Text text) {
        text(text);
      } else if (part instanceof Part.Refusal declined) {
        refusal.append(declined.text());
      } else if (part instanceof Part.Thinking thinking) {
        thinking(thinking);
      } else if (part instanceof Part.ToolCall call) {
        String id = call.id().isEmpty() ? callId(asked, index, calls.size()) : call.id();
        Map<String, @Nullable Object> written = Calls.written(id, call.name(), call.arguments());
        if (cut && call.arguments().isBlank()) {
          Nodes.map(written, "function").put("arguments", ""); // As a stream leaves it.
        }
        Calls.sign(written, call.signature());
        calls.add(written);
      } else if (part instanceof Part.Image image) {
        images.addAll(images(image));
      }
    }

    private void text(Part.Text text) {
      int from = content.length();
      content.append(text.text());
      for (Citation citation : text.citations()) {
        Object written = Annotations.written(citation, from, content.length());
        if (written != null) {
          annotations.add(written);
        }
      }
    }

    private void thinking(Part.Thinking thinking) {
      thought.append(thinking.text());
      boolean signed = thinking.signature() != null || thinking.redacted() != null;
      if (signed && thinking.maker() == Maker.ANTHROPIC) {
        blocks.add(Thoughts.block(thinking.text(), thinking.signature(), thinking.redacted()));
      }
    }

    Map<String, @Nullable Object> written(boolean legacy) {
      boolean silent = content.length() == 0 && (!calls.isEmpty() || refusal.length() > 0);
      Map<String, @Nullable Object> message =
          Nodes.object(
              "role",
              "assistant",
              "content",
              silent ? null : content.toString(),
              "refusal",
              refusal.length() == 0 ? null : refusal.toString());
      if (thought.length() > 0) {
        message.put("reasoning_content", thought.toString());
      }
      put(message, "thinking_blocks", blocks);
      put(message, "annotations", annotations);
      put(message, "images", images);
      Map<String, @Nullable Object> first = calls.isEmpty() ? null : Nodes.map(calls.get(0));
      if (legacy && first != null) {
        message.put("function_call", first.get("function"));
      } else {
        put(message, "tool_calls", calls);
      }
      return message;
    }

    private static void put(
        Map<String, @Nullable Object> message, String name, List<@Nullable Object> items) {
      if (!items.isEmpty()) {
        message.put(name, items);
      }
    }
  }

  /** A picture in OpenRouter's place for them, as OpenAI has none; empty if it cannot be told. */
  static List<@Nullable Object> images(Part.Image image) {
    String url = MediaText.write(image.media(), "image/png");
    return url == null
        ? Nodes.array()
        : Nodes.array(Nodes.object("type", "image_url", "image_url", Nodes.object("url", url)));
  }

  /** An id for a call that the provider gave none. */
  static String callId(Asked asked, int choice, int call) {
    return "call_" + asked.id() + "_" + choice + "_" + call;
  }
}
