// SPDX-License-Identifier: Apache-2.0
package io.headgate.translate;

import static org.assertj.core.api.Assertions.assertThat;

import io.headgate.chat.ChatAnswer;
import io.headgate.chat.ChatEvent;
import io.headgate.chat.ChatRequest;
import io.headgate.chat.Part;
import io.headgate.chat.Reasoning;
import io.headgate.chat.Sampling;
import io.headgate.chat.Turn;
import io.headgate.dialect.StreamEvent;
import io.headgate.json.JsonTree;
import io.headgate.json.JsonWriter;
import io.headgate.json.Nodes;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Whatever a format has a place for is the same after it was written and read. */
class RoundTripPropertyTest {

  private static final int SEEDS = 200;

  /** Seeds that are next to each other make for numbers that are alike. */
  private static Random random(int seed) {
    return new Random(seed * 0x9E3779B97F4A7C15L);
  }

  @ParameterizedTest
  @EnumSource
  void aRequestIsReadAsItWasWritten(RoundTripForm form) {
    for (int seed = 0; seed < SEEDS; seed++) {
      ChatRequest request = new RandomRequests(form, random(seed)).next();
      Notes notes = new Notes();

      Map<String, @Nullable Object> body = form.target().request(request, form.traits(), notes);
      ChatRequest read =
          form.caller()
              .request(new AppRequest(form.endpoint(request.stream()), sent(body), ""), notes);

      assertThat(merged(read)).as("%s, seed %s", form, seed).isEqualTo(request);
      assertThat(notes.dropped()).as("%s, seed %s", form, seed).isEmpty();
      assertThat(notes.changed()).as("%s, seed %s", form, seed).isEmpty();
    }
  }

  @ParameterizedTest
  @EnumSource
  void anAnswerIsReadAsItWasWritten(RoundTripForm form) {
    for (int seed = 0; seed < SEEDS; seed++) {
      ChatAnswer answer = new RandomAnswers(form, random(seed)).whole();

      Map<String, @Nullable Object> body = form.caller().answer(asked(form)).whole(answer);

      assertThat(form.target().answer(sent(body))).as("%s, seed %s", form, seed).isEqualTo(answer);
    }
  }

  @ParameterizedTest
  @EnumSource
  void aStreamIsReadAsItWasWritten(RoundTripForm form) {
    for (int seed = 0; seed < SEEDS; seed++) {
      RandomAnswers random = new RandomAnswers(form, random(seed));
      List<ChatEvent> events = random.stream(random.whole());
      AnswerWriter writer = form.caller().answer(asked(form));
      EventReader reader = form.target().events();
      List<ChatEvent> read = new ArrayList<>();

      for (ChatEvent event : events) {
        writer.event(event, out -> reader.event(sent(out), read::add));
      }
      reader.end(read::add);

      assertThat(RoundTripTold.of(form, read))
          .as("%s, seed %s", form, seed)
          .isEqualTo(RoundTripTold.of(form, events));
    }
  }

  /** A call whose app wants all there is to tell. */
  private static Asked asked(RoundTripForm form) {
    ChatRequest.Builder request = ChatRequest.builder();
    request.model = form.model;
    request.reasoning = new Reasoning(Reasoning.Mode.ON, null, null, true);
    request.stream = true;
    request.streamUsage = true;
    Sampling.Builder sampling = Sampling.builder();
    sampling.stop = List.of("END");
    request.sampling = sampling.build();
    Map<String, @Nullable Object> body =
        Nodes.object("additionalModelResponseFieldPaths", Nodes.array("/stop_sequence"));
    return new Asked(request.build(), body, form.model, false, 1_700_000_000L, "r4nd0m");
  }

  /** A tree as it comes over the wire. */
  private static Map<String, @Nullable Object> sent(Map<String, @Nullable Object> tree) {
    Map<String, @Nullable Object> read = Nodes.map(JsonTree.exact(JsonWriter.write(tree)));
    if (read == null) {
      throw new IllegalArgumentException("no object: " + tree);
    }
    return read;
  }

  private static StreamEvent sent(StreamEvent event) {
    Map<String, @Nullable Object> data = event.data();
    return data == null ? event : new StreamEvent(event.name(), sent(data));
  }

  /** Some formats have a message for each part of a turn: it is the turns of a side that count. */
  private static ChatRequest merged(ChatRequest request) {
    List<Turn> turns = new ArrayList<>();
    for (Turn turn : request.turns()) {
      Turn last = turns.isEmpty() ? null : turns.get(turns.size() - 1);
      if (last == null || last.role() != turn.role()) {
        turns.add(turn);
      } else {
        List<Part> parts = new ArrayList<>(last.parts());
        parts.addAll(turn.parts());
        turns.set(turns.size() - 1, new Turn(turn.role(), parts));
      }
    }
    ChatRequest.Builder builder = request.toBuilder();
    builder.turns = turns;
    return builder.build();
  }
}
