package org.convoy.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.convoy.tensor.Shape;
import org.convoy.tensor.ShapeException;
import org.junit.jupiter.api.Test;

class ImageTest {
  @Test
  void aViewSeesItsPartOfTheArray() {
    byte[] pixels = {9, 1, 2, 3, (byte) 200, 9};
    Image image = Image.view(pixels, 1, Shape.of(1, 2, 2));
    assertThat(image.get(0, 0, 0)).isEqualTo(1);
    assertThat(image.get(0, 1, 1)).isEqualTo(200);
    assertThat(image.toArray()).containsExactly(1, 2, 3, 200);
  }

  @Test
  void planesFollowEachOther() {
    Image image = Image.of(2, 1, 3, new byte[] {1, 2, 3, 4, 5, 6});
    assertThat(image.get(1, 0, 2)).isEqualTo(6);
    assertThat(image.get(0, 0, 2)).isEqualTo(3);
    assertThatThrownBy(() -> image.get(0, 0, 3))
        .hasMessage("channel 0, row 0, column 3 leaves an image of shape 2x1x3");
  }

  @Test
  void aViewMayNotLeaveTheArray() {
    assertThatThrownBy(() -> Image.view(new byte[4], 1, Shape.of(1, 2, 2)))
        .isInstanceOf(ShapeException.class)
        .hasMessage("an image of shape 1x2x2 at offset 1 leaves an array of 4 bytes");
    assertThatThrownBy(() -> Image.view(new byte[4], 0, Shape.of(2, 2)))
        .hasMessage("an image has the three axes channels x height x width, got shape 2x2");
    assertThatThrownBy(() -> Image.of(1, 2, 2, new byte[3]))
        .hasMessage("shape 1x2x2 needs 4 bytes, got 3");
  }

  @Test
  void aSizeIsDescribedByOneNumberOrTwo() {
    assertThat(ImageSize.square(32).describe()).isEqualTo(32);
    assertThat(new ImageSize(28, 24).describe()).isEqualTo(List.of(28, 24));
    assertThat(ImageSize.parse(32L)).isEqualTo(ImageSize.square(32));
    assertThat(ImageSize.parse(List.of(28, 24.0))).isEqualTo(new ImageSize(28, 24));
    assertThatThrownBy(() -> ImageSize.parse("32"))
        .hasMessage("expected a size such as 32 (a square) or [28, 24] (height, width), got 32");
    assertThatThrownBy(() -> ImageSize.parse(List.of(3, 0)))
        .hasMessage("height and width must be at least 1, got 3x0");
  }
}
