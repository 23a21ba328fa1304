package org.convoy.image.codec;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.junit.jupiter.api.Test;

class BmpDecoderTest {
  private static final int[] GRAYS = {0x000000, 0x111111, 0x222222, 0x333333};

  @Test
  void runsOfEightBitsMayEndRowsAndJump() {
    byte[] runs = {
      3, 1, 0, 0, // Three of color 1, end of row.
      0, 3, 2, 3, 2, 0, 1, 1, // Three as they stand, filled up to an even number; one of color 1.
      0, 2, 0, 1, // One row further.
      0, 1
    };
    byte[] file = bmp(4, 3, 8, 1, GRAYS, runs);
    assertThat(Pictures.decoded(file, 1).toArray())
        .containsExactly(0, 0, 0, 0, 0x22, 0x33, 0x22, 0x11, 0x11, 0x11, 0x11, 0);
  }

  @Test
  void runsOfFourBitsAlternate() {
    byte[] runs = {5, 0x12, 0, 0, 0, 5, 0x32, 0x10, 0x30, 0, 0, 1};
    byte[] file = bmp(5, 2, 4, 2, GRAYS, runs);
    assertThat(Pictures.decoded(file, 1).toArray())
        .containsExactly(0x33, 0x22, 0x11, 0, 0x33, 0x11, 0x22, 0x11, 0x22, 0x11);
  }

  @Test
  void aNegativeHeightRunsDownwards() {
    byte[] rows = {1, 0, 0, 0, 2, 0, 0, 0};
    assertThat(Pictures.decoded(bmp(1, -2, 8, 0, GRAYS, rows), 1).toArray())
        .containsExactly(0x11, 0x22);
    assertThat(Pictures.decoded(bmp(1, 2, 8, 0, GRAYS, rows), 1).toArray())
        .containsExactly(0x22, 0x11);
  }

  @Test
  void masksSelectBits() {
    int[] masks = {0xff, 0xff00, 0xff0000};
    byte[] pixel = {10, 20, 30, 99};
    assertThat(Pictures.decoded(bmp(1, 1, 32, 3, masks, pixel), 3).toArray())
        .containsExactly(10, 20, 30);
    assertThat(Pictures.decoded(bmp(1, 1, 32, 0, new int[0], pixel), 3).toArray())
        .containsExactly(30, 20, 10);
  }

  @Test
  void sixteenBitsHaveFiveForEachColor() {
    byte[] pixels = {(byte) 0xff, 0x7f, 0x10, 0x00};
    assertThat(Pictures.decoded(bmp(2, 1, 16, 0, new int[0], pixels), 3).toArray())
        .containsExactly(-1, 0, -1, 0, -1, (byte) 132);
  }

  @Test
  void whatDoesNotFitIsRefused() {
    assertThat(Pictures.problem(bmp(2, 1, 8, 1, GRAYS, new byte[] {3, 1, 0, 1})))
        .isEqualTo("BMP file is damaged: a run leaves the picture");
    assertThat(Pictures.problem(bmp(2, 1, 8, 1, GRAYS, new byte[] {2, 1, 0})))
        .isEqualTo("BMP file is truncated in its runs of pixels");
    assertThat(Pictures.problem(bmp(1, 1, 8, 0, GRAYS, new byte[] {4, 0, 0, 0})))
        .isEqualTo("BMP file is damaged: color 4 of a palette of 4");
    assertThat(Pictures.problem(bmp(1, 1, 24, 4, new int[0], new byte[4])))
        .isEqualTo("BMP of 24 bits with compression 4 is not supported");
    assertThat(Pictures.problem(bmp(100, 100, 24, 0, new int[0], new byte[40])))
        .startsWith("BMP file is truncated: its header says 100 x 100 pixels");
    assertThat(Pictures.problem(bmp(1000, 1000, 8, 1, GRAYS, new byte[] {0, 1})))
        .startsWith("BMP file is truncated: its header says 1000 x 1000 pixels");
  }

  /**
   * @param colors the palette, or the masks
   */
  private static byte[] bmp(
      int width, int height, int depth, int compression, int[] colors, byte[] data) {
    ByteBuffer file = ByteBuffer.allocate(54 + 4 * colors.length + data.length);
    file.order(ByteOrder.LITTLE_ENDIAN);
    file.put((byte) 'B').put((byte) 'M').putInt(file.capacity()).putInt(0);
    file.putInt(file.capacity() - data.length);
    file.putInt(40).putInt(width).putInt(height).putShort((short) 1).putShort((short) depth);
    file.putInt(compression).putInt(0).putInt(0).putInt(0);
    file.putInt(depth <= 8 ? colors.length : 0).putInt(0);
    for (int color : colors) {
      file.putInt(color);
    }
    return file.put(data).array();
  }
}
