package org.convoy.image.codec;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.convoy.image.RgbColor;
import org.convoy.random.RandomKey;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JpegPictureTest {
  private static final RandomKey RANDOM = RandomKey.ofSeed(11);

  @ParameterizedTest
  @CsvSource({"1, 1", "2, 1", "2, 2", "1, 2", "4, 1", "4, 2"})
  void pixelsAreThoseOfTheFormulaAtAnySize(int across, int down) {
    for (int width = 1; width < 40; width++) {
      check(width, 1 + width % 11, across, down);
    }
    check(1000, 5, across, down);
    check(8176, 3, across, down);
    check(8177, 3, across, down);
  }

  private static void check(int width, int height, int across, int down) {
    List<JpegComponent> components = new ArrayList<>();
    JpegFrame frame = new JpegFrame(height, width, false, components, across, down);
    for (int i = 0; i < 3; i++) {
      JpegComponent component =
          new JpegComponent(i, i == 0 ? across : 1, i == 0 ? down : 1, 0, frame);
      component.begin(new int[64], false);
      RandomKey random = RANDOM.with(100L * width + i);
      for (int k = 0; k < component.samples.length; k++) {
        component.samples[k] = (byte) random.bits(k);
      }
      components.add(component);
    }
    PixelPlanes planes = new PixelPlanes(3, height, width, RgbColor.WHITE);
    new JpegPicture(frame, new JpegLanes()).write(JpegColor.YCBCR, planes);
    byte[] expected = new byte[3 * height * width];
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        int luma = components.get(0).samples[y * components.get(0).stride() + x] & 0xff;
        int blue = sample(components.get(1), x, y, across, down) - 128;
        int red = sample(components.get(2), x, y, across, down) - 128;
        int at = y * width + x;
        expected[at] = limited(luma + Math.floorDiv(91881 * red + 32768, 65536));
        int green = -22554 * blue - 46802 * red + 32768;
        expected[at + height * width] = limited(luma + Math.floorDiv(green, 65536));
        int last = luma + Math.floorDiv(116130 * blue + 32768, 65536);
        expected[at + 2 * height * width] = limited(last);
      }
    }
    assertThat(planes.pixels())
        .as("%d x %d, %d x %d", width, height, across, down)
        .isEqualTo(expected);
  }

  private static byte limited(int value) {
    return (byte) Math.min(Math.max(value, 0), 255);
  }

  /** A component's value at a pixel, as {@link JpegPicture} describes it. */
  private static int sample(JpegComponent component, int x, int y, int across, int down) {
    boolean widened = across == 2 && down <= 2 && component.width > 2;
    boolean heightened = down == 2 && (across == 1 || widened);
    int farX = widened ? x / 2 + (x % 2 == 0 ? -1 : 1) : x / across;
    int farY = heightened ? y / 2 + (y % 2 == 0 ? -1 : 1) : y / down;
    int near = mixed(component, x / across, y / down, farY, heightened);
    int far = mixed(component, farX, y / down, farY, heightened);
    if (widened && heightened) {
      return (3 * near + far + (x % 2 == 0 ? 8 : 7)) >> 4;
    } else if (widened) {
      return (3 * near + far + (x % 2 == 0 ? 1 : 2)) >> 2;
    } else if (heightened) {
      return (near + (y % 2 == 0 ? 1 : 2)) >> 2;
    }
    return near;
  }

  private static int mixed(JpegComponent component, int x, int near, int far, boolean heightened) {
    int column = Math.min(Math.max(x, 0), component.width - 1);
    int row = Math.min(Math.max(far, 0), component.height - 1);
    int stride = component.stride();
    int value = component.samples[near * stride + column] & 0xff;
    return heightened ? 3 * value + (component.samples[row * stride + column] & 0xff) : value;
  }
}
