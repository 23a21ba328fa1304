package org.convoy.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.convoy.tensor.Shape;
import org.junit.jupiter.api.Test;

class ImageChannelsTest {
  @Test
  void sameNumberOfChannelsKeepsThePicture() {
    Image gray = Image.black(1, 2, 3);
    Image color = Image.black(3, 2, 3);

    assertThat(ImageChannels.convert(gray, 1)).isSameAs(gray);
    assertThat(ImageChannels.convert(color, 3)).isSameAs(color);
  }

  @Test
  void grayBecomesThreeEqualPlanes() {
    byte[] shared = {9, 9, 1, (byte) 200, 9};
    Image gray = Image.view(shared, 2, Shape.of(1, 1, 2));

    Image color = ImageChannels.convert(gray, 3);

    assertThat(color.shape()).isEqualTo(Shape.of(3, 1, 2));
    assertThat(color.toArray()).containsExactly(1, 200, 1, 200, 1, 200);
  }

  @Test
  void colorBecomesBrightness() {
    byte[] shared = {9, (byte) 255, 0, 0, 100, 0, (byte) 255, 0, 100, 0, 0, (byte) 255, 100, 9};
    Image color = Image.view(shared, 1, Shape.of(3, 2, 2));

    Image gray = ImageChannels.convert(color, 1);

    assertThat(gray.shape()).isEqualTo(Shape.of(1, 2, 2));
    assertThat(gray.toArray()).containsExactly(76, 150, 29, 100);
  }

  @Test
  void grayToColorAndBackChangesNothing() {
    byte[] all = new byte[256];
    for (int i = 0; i < all.length; i++) {
      all[i] = (byte) i;
    }
    Image gray = Image.of(1, 16, 16, all);

    assertThat(ImageChannels.convert(ImageChannels.convert(gray, 3), 1).toArray()).isEqualTo(all);
  }

  @Test
  void otherNumbersOfChannelsAreRefused() {
    assertThatThrownBy(() -> ImageChannels.convert(Image.black(2, 1, 1), 3))
        .hasMessage("pictures have 1 channel (gray) or 3 (red, green, blue); cannot turn 2 into 3");
    assertThatThrownBy(() -> ImageChannels.convert(Image.black(3, 1, 1), 2))
        .hasMessageEndingWith("cannot turn 3 into 2");
  }
}
