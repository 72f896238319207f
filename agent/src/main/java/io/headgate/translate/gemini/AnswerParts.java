// SPDX-License-Identifier: Apache-2.0
package io.headgate.translate.gemini;

import io.headgate.chat.Maker;
import io.headgate.chat.Media;
import io.headgate.chat.Part;
import io.headgate.json.Nodes;
import io.headgate.translate.Asked;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Makes the parts of an answer's content, as one app is to see them. */
final class AnswerParts {

  private final Asked asked;
  private final boolean shown;
  private final boolean signed;
  private int made;

  AnswerParts(Asked asked) {
    this.asked = asked;
    this.shown = Boolean.TRUE.equals(asked.request().reasoning().shown());
    // The app will send its calls back, perhaps to the model that it asked: that one has to take
    // them, although another one made them.
    this.signed = GeminiModel.of(asked.request().model()).wantsSignatures();
  }

  static Map<String, @Nullable Object> text(String text) {
    return Nodes.object("text", text);
  }

  /** Null if the app does not want to see it, and it is not signed either. */
  @Nullable Map<String, @Nullable Object> thought(
      String text, @Nullable String signature, Maker maker) {
    String own = maker == Maker.GOOGLE ? signature : null;
    boolean visible = shown && !text.isEmpty();
    if (!visible && own == null) {
      return null;
    }
    Map<String, @Nullable Object> part = text(visible ? text : "");
    if (visible) {
      part.put("thought", true);
    }
    if (own != null) {
      part.put("thoughtSignature", own);
    }
    return part;
  }

  /**
   * A call; null if its arguments are no object, as when they are broken off.
   *
   * @param id empty if the provider gave none
   * @param first whether it is the answer's first one, which is the one to be signed
   */
  @Nullable Map<String, @Nullable Object> call(
      String id, String name, String arguments, @Nullable String signature, boolean first) {
    Map<String, @Nullable Object> args = Arguments.object(arguments);
    if (args == null) {
      return null;
    }
    String known = id.isEmpty() ? "call_" + asked.id() + "_" + made++ : id;
    Map<String, @Nullable Object> part =
        Nodes.object("functionCall", Nodes.object("id", known, "name", name, "args", args));
    String own = signature == null && signed && first ? Signatures.DUMMY_BYTES : signature;
    if (own != null) {
      part.put("thoughtSignature", own);
    }
    return part;
  }

  /** What a model drew, said or filmed; null if it is anything else, or elsewhere. */
  static @Nullable Map<String, @Nullable Object> media(Part part) {
    if (part instanceof Part.Image image && image.media().kind() == Media.Kind.BASE64) {
      return MediaWriter.part(image.media(), "image/png");
    }
    if (part instanceof Part.Audio audio && audio.media().kind() == Media.Kind.BASE64) {
      return MediaWriter.part(audio.media(), "audio/wav");
    }
    if (part instanceof Part.Video video && video.media().kind() == Media.Kind.BASE64) {
      return MediaWriter.part(video.media(), "video/mp4");
    }
    return null;
  }
}
