// SPDX-License-Identifier: Apache-2.0
package io.headgate.translate;

import io.headgate.dialect.StreamEvent;
import io.headgate.dialect.StreamEvents;
import io.headgate.gateway.AnswerForm;
import io.headgate.gateway.Headers;
import io.headgate.json.JsonTree;
import io.headgate.json.JsonWriter;
import io.headgate.json.Nodes;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Requests, answers and streams as a person reads them. */
final class GoldenText {

  private static final int WIDTH = 100;
  private static final String DONE = "[DONE]";

  private GoldenText() {}

  /** JSON: on one line what fits, else each member or item on its own, two spaces further in. */
  static String json(byte[] document) {
    StringBuilder text = new StringBuilder();
    value(JsonTree.exact(document), "", 0, text);
    return text.toString();
  }

  private static void value(@Nullable Object value, String indent, int used, StringBuilder out) {
    String line = line(value);
    boolean nothingIn = line.length() <= 2;
    if (nothingIn || used + line.length() <= WIDTH) {
      out.append(line);
    } else if (value instanceof Map<?, ?> map) {
      String separator = "{\n";
      for (Map.Entry<?, ?> member : map.entrySet()) {
        String key = indent + "  " + line(member.getKey()) + ": ";
        out.append(separator).append(key);
        value(member.getValue(), indent + "  ", key.length() + 1, out);
        separator = ",\n";
      }
      out.append('\n').append(indent).append('}');
    } else if (value instanceof List<?> list) {
      String separator = "[\n";
      for (Object item : list) {
        out.append(separator).append(indent).append("  ");
        value(item, indent + "  ", indent.length() + 3, out);
        separator = ",\n";
      }
      out.append('\n').append(indent).append(']');
    } else {
      out.append(line);
    }
  }

  /** JSON on one line, with a space where a reader wants one. */
  private static String line(@Nullable Object value) {
    if (value instanceof Map<?, ?> map) {
      List<String> members = new ArrayList<>();
      map.forEach((key, its) -> members.add(line(key) + ": " + line(its)));
      return "{" + String.join(", ", members) + "}";
    }
    if (value instanceof List<?> list) {
      return "[" + String.join(", ", list.stream().map(GoldenText::line).toList()) + "]";
    }
    return new String(JsonWriter.write(value), StandardCharsets.UTF_8);
  }

  /** A stream: each event on a line, its name first if it has one. */
  static String events(AnswerForm form, byte[] stream) {
    List<String> lines = new ArrayList<>();
    EventInput input = new EventInput(form, event -> lines.add(line(event)));
    input.read(stream, 0, stream.length);
    input.end();
    return String.join("\n", lines);
  }

  private static String line(StreamEvent event) {
    String name = event.name().isEmpty() ? "" : event.name() + " ";
    return name + (event.data() == null ? DONE : line((Object) event.data()));
  }

  /** The bytes of a stream that is written as {@link #events} does. */
  static byte[] stream(AnswerForm form, String events) {
    List<StreamEvent> read = new ArrayList<>();
    for (String line : events.lines().toList()) {
      int data = line.indexOf('{');
      String name = data > 0 ? line.substring(0, data).strip() : "";
      Map<String, @Nullable Object> map =
          data < 0 ? null : Nodes.map(JsonTree.exact(utf8(line.substring(data))));
      if (map == null && !line.equals(DONE)) {
        throw new IllegalArgumentException("no event: " + line);
      }
      read.add(map == null ? StreamEvent.DONE : new StreamEvent(name, map));
    }
    return StreamEvents.write(form, read, false);
  }

  /** A status, the fields and a body. */
  static String answer(Translation.Answer answer) {
    StringBuilder text = new StringBuilder("HTTP ").append(answer.status()).append('\n');
    answer
        .headers()
        .forEach((name, value) -> text.append(name).append(": ").append(value).append('\n'));
    return text.append(json(answer.body())).toString();
  }

  /** An answer that is written as {@link #answer} does. */
  static Translation.Answer answer(String text) {
    int body = text.indexOf("\n{") + 1;
    List<String> lines = text.substring(0, body).lines().toList();
    int status = Integer.parseInt(lines.get(0).substring("HTTP ".length()));
    Map<String, List<String>> fields = new LinkedHashMap<>();
    for (String line : lines.subList(1, lines.size())) {
      int colon = line.indexOf(": ");
      fields.put(line.substring(0, colon), List.of(line.substring(colon + 2)));
    }
    return new Translation.Answer(status, Headers.of(fields), utf8(text.substring(body)));
  }

  static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
