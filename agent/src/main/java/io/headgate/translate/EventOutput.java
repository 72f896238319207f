// SPDX-License-Identifier: Apache-2.0
package io.headgate.translate;

import io.headgate.dialect.FrameEvents;
import io.headgate.dialect.StreamEvent;
import io.headgate.dialect.StreamEvents;
import io.headgate.gateway.AnswerForm;
import io.headgate.json.JsonWriter;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Makes bytes of the events of a stream, for the app. Used by one thread at a time. */
final class EventOutput {

  /** What the name of an event begins with that goes out as an exception, where frames have one. */
  static final String EXCEPTION = "exception:";

  private static final byte[] OPEN = {'['};
  private static final byte[] COMMA = ",\r\n".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] CLOSE = {']'};

  private final AnswerForm form;
  private final boolean network;
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream(512);
  private boolean begun;

  /**
   * @param form any but a whole one
   * @param network whether lines end as the network's do, in CRLF, as Google's
   */
  EventOutput(AnswerForm form, boolean network) {
    this.form = form;
    this.network = network;
  }

  void event(StreamEvent event) {
    Map<String, @Nullable Object> data = event.data();
    if (form == AnswerForm.JSON_ARRAY) {
      bytes.writeBytes(begun ? COMMA : OPEN);
      bytes.writeBytes(JsonWriter.write(data));
    } else if (form == AnswerForm.EVENT_STREAM && event.name().startsWith(EXCEPTION)) {
      Map<String, @Nullable Object> said =
          data == null ? new LinkedHashMap<>() : new LinkedHashMap<>(data);
      bytes.writeBytes(
          FrameEvents.exception(
              event.name().substring(EXCEPTION.length()), JsonWriter.write(said)));
    } else {
      bytes.writeBytes(StreamEvents.write(form, List.of(event), network));
    }
    begun = true;
  }

  /** Nothing follows; for forms that have an end of their own. */
  void end() {
    if (form == AnswerForm.JSON_ARRAY && begun) {
      bytes.writeBytes(CLOSE);
    }
  }

  /** What came since it was taken last. */
  byte[] take() {
    byte[] taken = bytes.toByteArray();
    bytes.reset();
    return taken;
  }
}
