// SPDX-License-Identifier: Apache-2.0
package io.headgate.translate.bedrock;

import static org.assertj.core.api.Assertions.assertThat;

import io.headgate.chat.ChatEvent;
import io.headgate.chat.Media;
import io.headgate.chat.Part;
import io.headgate.json.Nodes;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Amazon Bedrock API reference, ImageBlockStart and ImageBlockDelta. */
class StreamedPictureTest {

  private static final String START =
      "contentBlockStart {\"contentBlockIndex\":0,\"start\":{\"image\":{\"format\":\"png\"}}}";
  private static final String STOP = "contentBlockStop {\"contentBlockIndex\":0}";

  private static String delta(String bytes) {
    return "contentBlockDelta {\"contentBlockIndex\":0,\"delta\":{\"image\":{\"source\":{\"bytes\":\""
        + bytes
        + "\"}}}}";
  }

  private static ChatEvent shown(String bytes) {
    Media media = new Media(Media.Kind.BASE64, bytes, "image/png");
    return new ChatEvent.Shown(0, new Part.Image(media, null, null));
  }

  private static final ChatEvent BEGIN = new ChatEvent.Begin(null, null);
  private static final ChatEvent END = new ChatEvent.BlockEnd(0);

  @Test
  void aPictureIsShownOnceItIsWhole() {
    assertThat(Converse.events(false, START, delta("QQ=="), STOP))
        .containsExactly(BEGIN, shown("QQ=="), END);
  }

  @Test
  void piecesArePutTogetherByteByByte() {
    assertThat(Converse.events(false, START, delta("QQ=="), delta("QkM="), STOP))
        .containsExactly(BEGIN, shown("QUJD"), END);
  }

  @Test
  void piecesThatAreNoBase64ShowNothing() {
    assertThat(Converse.events(false, START, delta("QQ=="), delta("?"), STOP))
        .containsExactly(BEGIN);
    assertThat(Converse.events(false, START, STOP)).containsExactly(BEGIN);
  }

  @Test
  void aPictureWithoutEndIsNotKept() {
    StreamedPicture picture = new StreamedPicture(Nodes.object("format", "png"));
    Map<String, @Nullable Object> piece =
        Nodes.object("source", Nodes.object("bytes", "A".repeat(16 << 20)));
    for (int i = 0; i < 5; i++) {
      picture.delta(piece);
    }
    picture.delta(Nodes.object("source", Nodes.object("bytes", "QQ==")));

    assertThat(picture.part()).isNull();
  }

  @Test
  void aPieceWithoutABeginningIsNothing() {
    assertThat(Converse.events(false, delta("QQ=="), STOP)).containsExactly(BEGIN);
  }

  @Test
  void aPictureIsABlockOfItsOwn() {
    assertThat(
            Converse.streamed("{}", BEGIN, new ChatEvent.Text(0, "See:"), shown("QQ=="), END)
                .subList(1, 6))
        .containsExactly(
            "contentBlockDelta {\"contentBlockIndex\":0,\"delta\":{\"text\":\"See:\"}}",
            STOP,
            START.replace("Index\":0", "Index\":1"),
            delta("QQ==").replace("Index\":0", "Index\":1"),
            STOP.replace("Index\":0", "Index\":1"));
  }
}
