// SPDX-License-Identifier: Apache-2.0
package io.headgate.cache;

import io.headgate.chat.Operation;
import io.headgate.chat.ResponseFacts;
import io.headgate.chat.WireFormat;
import io.headgate.expression.Expression;
import io.headgate.gateway.AnswerForm;
import io.headgate.gateway.AnswerJudge;
import io.headgate.gateway.AnswerText;
import io.headgate.gateway.Attempt;
import io.headgate.gateway.CacheResult;
import io.headgate.gateway.Exchange;
import io.headgate.gateway.GatewayResponse;
import io.headgate.json.JsonTree;
import io.headgate.route.CallVariables;
import io.headgate.state.StoredEntry;
import java.nio.ByteBuffer;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Keeps an answer that has ended, if it is one that others may get. */
final class Keeping {

  private static final long NANOS_PER_MILLI = 1_000_000;

  /** The words of all formats for an answer that ended because it got too long, in lower case. */
  private static final Set<String> CUT_SHORT =
      Set.of("length", "max_tokens", "max_output_tokens", "model_context_window_exceeded");

  /** What the formats of others call an answer that is there. */
  private static final Set<String> FINISHED =
      Set.of("succeeded", "success", "completed", "complete", "done", "finished", "ok", "ready");

  private final CachedCall call;
  private final Question question;
  private final GatewayResponse head;
  private final AnswerForm form;
  private final Attempt attempt;
  private final long most;

  /**
   * @param most larger answers are not kept, in bytes
   */
  Keeping(
      CachedCall call,
      Question question,
      GatewayResponse head,
      AnswerForm form,
      Attempt attempt,
      long most) {
    this.call = call;
    this.question = question;
    this.head = head;
    this.form = form;
    this.attempt = attempt;
    this.most = most;
  }

  /** An answer that is not kept, for a reason. */
  static final class NotKept extends Exception {
    private static final long serialVersionUID = 1L;

    NotKept(String why) {
      super(why, null, false, false);
    }
  }

  /**
   * Keeps it, or says why not. Never throws.
   *
   * @param search what it may be found by when something like it is asked; null for nothing
   * @param recording null if it is too large
   * @param whole whether the client saw it come to its end
   * @return what is kept; null if nothing is
   */
  @Nullable StoredAnswer keep(
      Asked asked,
      @Nullable SemanticSearch search,
      SharedContent.@Nullable Recording recording,
      boolean whole) {
    CacheHome home = call.tools().home();
    try {
      StoredAnswer answer = answer(recording, whole);
      StoredEntry entry = entry(answer, search);
      home.store().put(asked.key(), entry);
      asked.remember();
      if (search != null) {
        search.answered(asked.key(), entry);
      }
      return answer;
    } catch (NotKept e) {
      explain(String.valueOf(e.getMessage()));
    } catch (Throwable t) {
      home.fault(t);
    }
    return null;
  }

  /** Adds to what is said of the call why its answer is not kept. */
  void explain(String why) {
    Exchange exchange = call.chain().exchange();
    CacheResult result = exchange.cache();
    if (result != null && !result.status().answered()) {
      String reason = result.reason();
      exchange.cache(
          new CacheResult(
              result.status(),
              result.key(),
              -1,
              -1,
              null,
              (reason == null ? "" : reason + "; ") + "not kept: " + why,
              result.nearest()));
    }
  }

  StoredEntry entry(StoredAnswer answer, @Nullable SemanticSearch search) {
    String model = attempt.model();
    String route = call.chain().exchange().routing().route();
    Likeness likeness = search == null ? null : search.likeness();
    return new StoredEntry(
        answer.createdMillis(),
        answer.expiresMillis(),
        model == null ? "" : model,
        route == null ? "" : route,
        search == null || likeness == null ? "" : search.group(),
        likeness == null ? new byte[0] : likeness.bytes(),
        AnswerCodec.encode(answer));
  }

  /** The answer as it would be kept. */
  StoredAnswer answer(SharedContent.@Nullable Recording recording, boolean whole) throws NotKept {
    CachePolicy policy = call.policy();
    if (recording == null) {
      throw new NotKept(whole ? "it is larger than max-entry" : "it was cut off");
    }
    if (policy.ttlMillis() <= 0) {
      throw new NotKept("its time is over at once");
    }
    if (!whole && form == AnswerForm.WHOLE && !json()) {
      // Only what has an end of its own can be told from a part of it.
      throw new NotKept("it was cut off");
    }
    String length = head.headers().first("content-length");
    if (length != null && !length.strip().equals(Long.toString(recording.size()))) {
      throw new NotKept("it is not as long as it says");
    }
    String encoding = head.headers().first("content-encoding");
    byte[] body = Unpacked.of(bytes(recording), encoding, most);
    if (body == null) {
      throw new NotKept("its content encoding cannot be undone");
    }
    if (!call.tools().forms().complete(question.endpoint(), form, body)) {
      throw new NotKept(whole ? "it is not complete, or not good" : "it was cut off");
    }
    good(body);
    ResponseFacts facts = attempt.responseFacts();
    long now = call.tools().home().nowMillis();
    boolean timed = form != AnswerForm.WHOLE && Unpacked.plain(encoding);
    int parts = timed ? recording.chunks().size() : 0;
    int[] times = new int[parts];
    int[] sizes = new int[parts];
    for (int i = 0; i < parts; i++) {
      long since = recording.nanos().get(i) - recording.nanos().get(0);
      times[i] = (int) Math.min(Integer.MAX_VALUE, since / NANOS_PER_MILLI);
      sizes[i] = recording.chunks().get(i).remaining();
    }
    long fresh = now + policy.ttlMillis();
    return new StoredAnswer(
        now,
        fresh,
        fresh + policy.staleErrorMillis(),
        fresh + policy.staleWhileMillis(),
        form,
        question.facts().streamUsage(),
        head.status(),
        KeptFields.of(head.headers()),
        facts.id(),
        facts.model(),
        facts.finishReasons(),
        attempt.cost(),
        times,
        sizes,
        body);
  }

  private boolean json() {
    String type = head.headers().first("content-type");
    return type != null && type.toLowerCase(Locale.ROOT).contains("json");
  }

  private static byte[] bytes(SharedContent.Recording recording) {
    ByteBuffer all = ByteBuffer.allocate(Math.toIntExact(recording.size()));
    for (ByteBuffer chunk : recording.chunks()) {
      all.put(chunk.duplicate());
    }
    return all.array();
  }

  /** An answer with an error in it, a filtered one and an empty one are none. */
  private void good(byte[] body) throws NotKept {
    AnswerJudge judge =
        call.tools()
            .editor()
            .judge(
                question.endpoint(),
                question.facts(),
                head.status(),
                head.headers().without("content-encoding"::equals),
                true);
    judge.read(ByteBuffer.wrap(body));
    judge.end();
    if (judge.verdict() == AnswerJudge.Verdict.FAILED) {
      throw new NotKept("it is not good");
    }
    ResponseFacts facts = attempt.responseFacts();
    if (question.endpoint().format() == WireFormat.OTHER && unfinished(body)) {
      throw new NotKept("it is not complete, or not good");
    }
    if (question.endpoint().operation() == Operation.CHAT
        && question.endpoint().format() != WireFormat.OTHER
        && facts.finishReasons().isEmpty()) {
      throw new NotKept("it does not say why it ended");
    }
    boolean cutShort =
        facts.finishReasons().stream()
            .anyMatch(reason -> CUT_SHORT.contains(reason.toLowerCase(Locale.ROOT)));
    Expression condition = call.policy().storeWhen();
    // Who asks for the reason knows about this one.
    if (cutShort && (condition == null || !condition.source().contains("response.finish"))) {
      throw new NotKept("it was cut short by its length limit");
    }
    if (condition != null && !condition.test(variables(body, judge, facts))) {
      throw new NotKept("store-when does not hold");
    }
  }

  /** Whether an answer of a format that we do not know says that there is more to come. */
  private static boolean unfinished(byte[] body) {
    return JsonTree.at(JsonTree.read(body), "status") instanceof String status
        && !FINISHED.contains(status.toLowerCase(Locale.ROOT));
  }

  private CallVariables variables(byte[] body, AnswerJudge judge, ResponseFacts facts)
      throws NotKept {
    CallVariables variables =
        new CallVariables(
            call.chain().exchange(), call.chain().request(), call.tools().environment());
    AnswerText translated = question.text();
    if (translated == null) {
      return variables.withResponse(head.status(), facts, judge.text());
    }
    AnswerText.Seen seen;
    try {
      seen = translated.of(form != AnswerForm.WHOLE, body);
    } catch (RuntimeException e) {
      throw new NotKept("it is not good");
    }
    return variables.withResponse(head.status(), facts.withFinish(seen.finish()), seen.text());
  }
}
