// SPDX-License-Identifier: Apache-2.0
package io.headgate.translate;

import io.headgate.chat.Media;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What kind of document bytes are. Apps that upload a file often do not know, and call it {@code
 * application/octet-stream} or by an old name: then its first bytes tell, or the end of its name.
 */
public final class DocumentType {

  public static final String PDF = "application/pdf";

  /** Any bytes: nobody knows what of. The second is what Amazon S3 says of them. */
  private static final Set<String> BYTES =
      Set.of("", "application/octet-stream", "binary/octet-stream");

  /** In base64: {@code %PDF-}. */
  private static final String PDF_BEGIN = "JVBERi0";

  /** Types of text that are not of {@code text/}. */
  private static final Set<String> TEXTS =
      Set.of(
          "application/json",
          "application/xml",
          "application/yaml",
          "application/x-yaml",
          "application/javascript");

  private static final Map<String, String> ENDS =
      Map.of(
          "pdf", PDF,
          "txt", "text/plain",
          "md", "text/markdown",
          "csv", "text/csv",
          "html", "text/html",
          "json", "application/json",
          "xml", "application/xml",
          "yaml", "application/yaml",
          "yml", "application/yaml");

  private DocumentType() {}

  /**
   * The media type, in lower case and without parameters; what was said if nothing tells more, and
   * empty if nobody has said anything.
   *
   * @param name of the file; null if it has none
   */
  public static String of(Media media, @Nullable String name) {
    String said = bare(media.type());
    boolean pdf = media.kind() == Media.Kind.BASE64 && media.value().startsWith(PDF_BEGIN);
    if (pdf && !isText(said)) {
      return PDF;
    }
    if (!BYTES.contains(said)) {
      return said;
    }
    int dot = name == null ? -1 : name.lastIndexOf('.');
    return name == null || dot < 0
        ? said
        : ENDS.getOrDefault(name.substring(dot + 1).toLowerCase(Locale.ROOT), said);
  }

  /** Whether a type, as {@link #of} gives it, is one of texts. */
  public static boolean isText(String type) {
    return type.startsWith("text/") || TEXTS.contains(type);
  }

  /** A media type without its parameters, in lower case; empty for none. */
  public static String bare(@Nullable String type) {
    if (type == null) {
      return "";
    }
    int end = type.indexOf(';');
    return (end < 0 ? type : type.substring(0, end)).strip().toLowerCase(Locale.ROOT);
  }
}
