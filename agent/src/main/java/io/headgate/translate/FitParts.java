// SPDX-License-Identifier: Apache-2.0
package io.headgate.translate;

import io.headgate.chat.Maker;
import io.headgate.chat.Part;
import io.headgate.chat.Turn;
import io.headgate.translate.Traits.Feature;
import java.util.ArrayList;
import java.util.List;

/** Fits what is said, piece by piece. */
final class FitParts {

  private final Traits traits;
  private final Notes notes;
  private final FitMedia media;

  FitParts(Traits traits, Notes notes) {
    this.traits = traits;
    this.notes = notes;
    this.media = new FitMedia(traits, notes);
  }

  /** The turns without what the target has no place for; some may be left without a part. */
  List<Turn> turns(List<Turn> turns) {
    int open = openFrom(turns);
    List<Turn> fitted = new ArrayList<>(turns.size());
    for (int i = 0; i < turns.size(); i++) {
      Turn turn = turns.get(i);
      fitted.add(new Turn(turn.role(), parts(turn.parts(), i >= open)));
    }
    return fitted;
  }

  /**
   * Where the steps begin that the model has not answered yet: after the user's last own words.
   * Those beside results are none: for the model its turn goes on, whatever comes with them.
   */
  static int openFrom(List<Turn> turns) {
    int after = turns.size();
    boolean words = false;
    boolean results = false;
    for (int i = turns.size() - 1; i >= 0; i--) {
      Turn turn = turns.get(i);
      if (turn.role() == Turn.Role.ASSISTANT) {
        if (words && !results) {
          return after;
        }
        after = i;
        words = false;
        results = false;
      } else if (turn.role() == Turn.Role.USER) {
        boolean holds = turn.parts().stream().anyMatch(Part.ToolResult.class::isInstance);
        results |= holds;
        words |= !holds && !turn.parts().isEmpty();
      }
    }
    return words && !results ? after : 0;
  }

  /**
   * The parts that are left.
   *
   * @param open whether thoughts among them are needed to go on
   */
  List<Part> parts(List<Part> parts, boolean open) {
    List<Part> fitted = new ArrayList<>(parts.size());
    List<Part> aside = new ArrayList<>();
    for (Part part : parts) {
      add(part, open, fitted, aside);
    }
    fitted.addAll(aside);
    return fitted;
  }

  private void add(Part part, boolean open, List<Part> fitted, List<Part> aside) {
    if (part instanceof Part.Text text) {
      if (!text.text().isBlank()) {
        fitted.add(text);
      }
    } else if (part instanceof Part.Thinking thinking) {
      if (replayed(thinking)) {
        fitted.add(thinking);
      } else if (open && thinking.signature() != null) {
        notes.dropped("thinking");
      }
    } else if (part instanceof Part.Refusal refusal) {
      if (traits.can(Feature.REFUSALS)) {
        fitted.add(refusal);
      } else if (!refusal.text().isBlank()) {
        fitted.add(new Part.Text(refusal.text()));
      }
    } else if (part instanceof Part.Foreign foreign) {
      notes.dropped(foreign.type());
    } else if (part instanceof Part.ToolCall call) {
      boolean keeps = call.signature() == null || traits.maker() == Maker.GOOGLE;
      fitted.add(
          keeps
              ? call
              : new Part.ToolCall(call.id(), call.name(), call.arguments(), null, call.cache()));
    } else if (part instanceof Part.ToolResult result) {
      fitted.add(result(result, aside));
    } else {
      fitted.add(media.fit(part));
    }
  }

  /** Only its own maker takes a thought back, and knows it by its signature. */
  private boolean replayed(Part.Thinking thinking) {
    return traits.can(Feature.THINKING_HISTORY)
        && thinking.maker() == traits.maker()
        && (thinking.maker() == Maker.OTHER
            || thinking.signature() != null
            || thinking.redacted() != null);
  }

  /** Pictures go behind the results if they may not be within. */
  private Part.ToolResult result(Part.ToolResult result, List<Part> aside) {
    List<Part> all = parts(result.parts(), false);
    List<Part> within = new ArrayList<>(all.size());
    for (Part part : all) {
      boolean text = part instanceof Part.Text;
      (text || traits.can(Feature.TOOL_RESULT_IMAGES) ? within : aside).add(part);
    }
    if (within.isEmpty() && !all.isEmpty()) {
      within.add(new Part.Text("The result follows."));
    }
    return new Part.ToolResult(
        result.callId(), result.name(), within, result.error(), result.cache());
  }
}
