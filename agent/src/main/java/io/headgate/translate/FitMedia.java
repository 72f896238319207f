// SPDX-License-Identifier: Apache-2.0
package io.headgate.translate;

import io.headgate.chat.CacheMark;
import io.headgate.chat.Media;
import io.headgate.chat.Part;
import io.headgate.translate.Traits.Feature;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Fits pictures, documents and sounds: what cannot be shown to the model rules the target out. */
final class FitMedia {

  private final Traits traits;
  private final Notes notes;

  FitMedia(Traits traits, Notes notes) {
    this.traits = traits;
    this.notes = notes;
  }

  Part fit(Part part) {
    if (part instanceof Part.Image image) {
      need(Feature.IMAGES, "images");
      reachable(image.media(), Feature.IMAGE_URLS, "images");
    } else if (part instanceof Part.Document document) {
      return document(document);
    } else if (part instanceof Part.Audio audio) {
      need(Feature.AUDIO, "audio");
      reachable(audio.media(), Feature.AUDIO, "audio");
    } else if (part instanceof Part.Video video) {
      need(Feature.VIDEO, "video");
      reachable(video.media(), Feature.VIDEO, "video");
    }
    return part;
  }

  private Part document(Part.Document document) {
    Media media = document.media();
    boolean bytes = media.kind() == Media.Kind.BASE64;
    String type = bytes ? DocumentType.of(media, document.name()) : DocumentType.bare(media.type());
    String text = plain(media, type);
    if (text != null) {
      return text(document, text, type);
    }
    need(Feature.DOCUMENTS, "documents");
    if (!type.isEmpty() && !type.equals(DocumentType.PDF) && !type.startsWith("text/")) {
      need(Feature.OFFICE_DOCUMENTS, "documents of type " + type);
    }
    reachable(media, Feature.DOCUMENT_URLS, "documents");
    return type.isEmpty() || type.equals(media.type())
        ? document
        : new Part.Document(
            new Media(media.kind(), media.value(), type), document.name(), document.cache());
  }

  private Part text(Part.Document document, String text, String type) {
    if (traits.can(Feature.TEXT_DOCUMENTS)) {
      Media media = new Media(Media.Kind.TEXT, text, type.isEmpty() ? "text/plain" : type);
      return new Part.Document(media, document.name(), document.cache());
    }
    notes.changed("document", "file", "text");
    CacheMark mark = document.cache();
    String name = document.name();
    return new Part.Text(
        name == null || name.isEmpty() ? text : name + "\n\n" + text, mark, List.of());
  }

  /** The text of a document; null if it is none. */
  private static @Nullable String plain(Media media, String type) {
    if (media.kind() == Media.Kind.TEXT) {
      return media.value();
    }
    if (media.kind() != Media.Kind.BASE64 || !DocumentType.isText(type)) {
      return null;
    }
    try {
      return new String(Base64.getMimeDecoder().decode(media.value()), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      return null;
    }
  }

  private void reachable(Media media, Feature urls, String what) {
    switch (media.kind()) {
      case BASE64, TEXT -> {}
      case URL -> need(urls, what + " by URL");
      case STORED ->
          need(
              media.value().startsWith("s3:") ? Feature.AMAZON_STORAGE : Feature.GOOGLE_STORAGE,
              what + " in a store of another provider");
      case FILE_ID ->
          throw new Ineligible("files that were uploaded to one provider are nowhere else");
    }
  }

  private void need(Feature feature, String what) {
    if (!traits.can(feature)) {
      throw new Ineligible(traits.model() + " takes no " + what);
    }
  }
}
