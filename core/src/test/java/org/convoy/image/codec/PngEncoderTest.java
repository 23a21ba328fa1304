package org.convoy.image.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import javax.imageio.ImageIO;
import org.convoy.image.Image;
import org.convoy.random.RandomKey;
import org.convoy.tensor.Shape;
import org.junit.jupiter.api.Test;

class PngEncoderTest {
  @Test
  void ourDecoderAndTheJdksReadWhatWasWritten() throws IOException {
    for (int channels : new int[] {1, 3}) {
      for (int[] size : new int[][] {{1, 1}, {7, 5}, {64, 33}, {3, 700}}) {
        Image image = picture(channels, size[0], size[1]);

        byte[] file = PngEncoder.encode(image);

        PictureDecoder decoder = new PictureDecoder(channels, 1_000_000);
        Image decoded = decoder.decode(file).picture().orElseThrow();
        assertThat(decoded.shape()).isEqualTo(image.shape());
        assertThat(decoded.toArray()).isEqualTo(image.toArray());
        checkByJdk(file, image);
      }
    }
  }

  private static void checkByJdk(byte[] file, Image image) throws IOException {
    BufferedImage read = ImageIO.read(new ByteArrayInputStream(file));
    assertThat(read.getRaster().getNumBands()).isEqualTo(image.channels());
    for (int channel = 0; channel < image.channels(); channel++) {
      for (int y = 0; y < image.height(); y++) {
        for (int x = 0; x < image.width(); x++) {
          assertThat(read.getRaster().getSample(x, y, channel)).isEqualTo(image.get(channel, y, x));
        }
      }
    }
  }

  /** Even surfaces and slopes are filtered to zeros: far below a byte a pixel. */
  @Test
  void slopesPackWell() {
    Image slope = Image.black(3, 256, 256);
    for (int i = 0; i < slope.pixels().length; i++) {
      slope.pixels()[i] = (byte) (i % 256);
    }

    assertThat(PngEncoder.encode(slope)).hasSizeLessThan(3000);
  }

  @Test
  void samePictureGivesTheSameBytes() {
    assertThat(PngEncoder.encode(picture(3, 40, 50)))
        .isEqualTo(PngEncoder.encode(picture(3, 40, 50)));
  }

  @Test
  void otherChannelsAreRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> PngEncoder.encode(Image.black(2, 4, 4)))
        .withMessageContaining("got shape 2x4x4");
  }

  /** A slope in one half, noise in the other, in an array that begins before it. */
  private static Image picture(int channels, int height, int width) {
    byte[] pixels = new byte[channels * height * width + 2];
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = (byte) (i < pixels.length / 2 ? i : RandomKey.ofSeed(5).below(i, 256));
    }
    return Image.view(pixels, 2, Shape.of(channels, height, width));
  }
}
