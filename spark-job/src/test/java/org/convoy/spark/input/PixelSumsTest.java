package org.convoy.spark.input;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.convoy.image.Image;
import org.convoy.tensor.Shape;
import org.junit.jupiter.api.Test;

class PixelSumsTest {
  /** Two planes of two pixels. */
  private static PixelSums of(int... values) {
    byte[] pixels = new byte[values.length];
    for (int i = 0; i < values.length; i++) {
      pixels[i] = (byte) values[i];
    }
    PixelSums sums = new PixelSums(2);
    sums.add(Image.view(pixels, 0, Shape.of(2, 1, 2)));
    return sums;
  }

  @Test
  void meanAndDeviationAreOfEachPlane() {
    PixelSums sums = of(0, 255, 51, 51);

    assertThat(sums.means()).containsExactly(0.5, 0.2);
    assertThat(sums.deviations()).containsExactly(0.5, 0.0);
  }

  @Test
  void planesOfOneChannelCountAsOne() {
    PixelSums channel = of(0, 255, 51, 204).ofChannels(2);

    assertThat(channel.pixels()).isEqualTo(4);
    assertThat(channel.sums()).containsExactly(510L);
    assertThat(channel.means()).containsExactly(0.5);
    assertThat(channel.deviations().get(0)).isCloseTo(StrictMath.sqrt(0.17), within(1e-12));
  }

  @Test
  void theOrderOfPicturesDoesNotMatter() {
    PixelSums once = of(1, 2, 3, 4);
    once.add(of(200, 250, 7, 9));
    PixelSums again = of(200, 250, 7, 9);
    again.add(of(1, 2, 3, 4));

    assertThat(once).isEqualTo(again).hasSameHashCodeAs(again).isNotEqualTo(of(1, 2, 3, 4));
  }
}
