// SPDX-License-Identifier: Apache-2.0
package io.headgate.cache;

import io.headgate.chat.Cost;
import io.headgate.gateway.AnswerForm;
import io.headgate.gateway.Headers;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Writes answers down and reads them back: a version, numbers, and texts and bytes with their
 * lengths before them. What does not fit is no answer; nothing is allocated on the word of a
 * length.
 */
final class AnswerCodec {

  private static final byte VERSION = 1;
  private static final AnswerForm[] FORMS = AnswerForm.values();
  private static final Cost.Source[] SOURCES = Cost.Source.values();

  /** The length of a text that is null. */
  private static final int ABSENT = -1;

  private AnswerCodec() {}

  static byte[] encode(StoredAnswer answer) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(answer.body().length + 512);
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      out.writeByte(VERSION);
      out.writeByte(answer.form().ordinal());
      out.writeBoolean(answer.streamUsage());
      out.writeShort(answer.status());
      out.writeLong(answer.createdMillis());
      out.writeLong(answer.freshMillis());
      out.writeLong(answer.staleErrorMillis());
      out.writeLong(answer.staleWhileMillis());
      text(out, answer.id());
      text(out, answer.model());
      out.writeInt(answer.finishReasons().size());
      for (String reason : answer.finishReasons()) {
        text(out, reason);
      }
      List<String> fields = new ArrayList<>();
      answer
          .headers()
          .forEach(
              (name, value) -> {
                fields.add(name);
                fields.add(value);
              });
      out.writeInt(fields.size());
      for (String field : fields) {
        text(out, field);
      }
      cost(out, answer.cost());
      out.writeInt(answer.times().length);
      for (int i = 0; i < answer.times().length; i++) {
        out.writeInt(answer.times()[i]);
        out.writeInt(answer.sizes()[i]);
      }
      out.writeInt(answer.body().length);
      out.write(answer.body());
    } catch (IOException e) {
      throw new UncheckedIOException(e); // A stream in memory throws none.
    }
    return bytes.toByteArray();
  }

  private static void cost(DataOutputStream out, @Nullable Cost cost) throws IOException {
    out.writeByte(cost == null ? ABSENT : cost.source().ordinal());
    if (cost != null) {
      out.writeLong(cost.total());
      text(out, cost.priceDate());
    }
  }

  private static void text(DataOutputStream out, @Nullable String text) throws IOException {
    if (text == null) {
      out.writeInt(ABSENT);
      return;
    }
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    out.writeInt(bytes.length);
    out.write(bytes);
  }

  /** Null if these bytes are no answer of this version. */
  static @Nullable StoredAnswer decode(byte[] bytes) {
    ByteBuffer in = ByteBuffer.wrap(bytes);
    try {
      return in.get() == VERSION ? answer(in) : null;
    } catch (BufferUnderflowException | IllegalArgumentException | IndexOutOfBoundsException e) {
      return null;
    }
  }

  private static StoredAnswer answer(ByteBuffer in) {
    AnswerForm form = FORMS[in.get()];
    boolean streamUsage = in.get() != 0;
    int status = in.getShort();
    long created = in.getLong();
    long fresh = in.getLong();
    long staleError = in.getLong();
    long staleWhile = in.getLong();
    String id = text(in);
    String model = text(in);
    List<String> reasons = texts(in);
    Headers headers = Headers.ofFlat(texts(in).toArray(new String[0]));
    Cost cost = cost(in);
    int parts = count(in, 2 * Integer.BYTES);
    int[] times = new int[parts];
    int[] sizes = new int[parts];
    for (int i = 0; i < parts; i++) {
      times[i] = in.getInt();
      sizes[i] = in.getInt();
    }
    byte[] body = new byte[count(in, 1)];
    in.get(body);
    if (in.hasRemaining() || (parts > 0 && sum(sizes) != body.length)) {
      throw new IllegalArgumentException("parts that are not the whole");
    }
    return new StoredAnswer(
        created,
        fresh,
        staleError,
        staleWhile,
        form,
        streamUsage,
        status,
        headers,
        id,
        model,
        reasons,
        cost,
        times,
        sizes,
        body);
  }

  private static long sum(int[] sizes) {
    long sum = 0;
    for (int size : sizes) {
      if (size <= 0) {
        return -1;
      }
      sum += size;
    }
    return sum;
  }

  private static @Nullable Cost cost(ByteBuffer in) {
    int source = in.get();
    if (source == ABSENT) {
      return null;
    }
    long total = in.getLong();
    String date = text(in);
    return new Cost(total, 0, 0, 0, 0, 0, SOURCES[source], date == null ? "" : date);
  }

  private static List<String> texts(ByteBuffer in) {
    int count = count(in, Integer.BYTES);
    List<String> texts = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      String text = text(in);
      if (text == null) {
        throw new IllegalArgumentException("no text");
      }
      texts.add(text);
    }
    return texts;
  }

  private static @Nullable String text(ByteBuffer in) {
    in.mark();
    if (in.getInt() == ABSENT) {
      return null;
    }
    in.reset();
    byte[] text = new byte[count(in, 1)];
    in.get(text);
    return new String(text, StandardCharsets.UTF_8);
  }

  /** How many things of at least that size follow. */
  private static int count(ByteBuffer in, int size) {
    int count = in.getInt();
    if (count < 0 || count > in.remaining() / size) {
      throw new IllegalArgumentException("a length of " + count);
    }
    return count;
  }
}
