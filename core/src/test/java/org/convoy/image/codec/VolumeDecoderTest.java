package org.convoy.image.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.convoy.DataFolder;
import org.convoy.image.DecodeResult;
import org.convoy.image.Image;
import org.convoy.tensor.Shape;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class VolumeDecoderTest {
  @Test
  void framesAreTakenEvenly() {
    assertThat(List.of(0, 1, 2).stream().map(i -> EvenSample.index(i, 3, 3)))
        .containsExactly(0, 1, 2);
    assertThat(List.of(0, 1).stream().map(i -> EvenSample.index(i, 2, 8))).containsExactly(2, 6);
    assertThat(List.of(0, 1, 2, 3).stream().map(i -> EvenSample.index(i, 4, 2)))
        .containsExactly(0, 0, 1, 1);
  }

  @Test
  void framesOfAGifLieBehindEachOtherInEachChannel() throws IOException {
    // Two pixels; the second frame draws the right one alone, the third lets the left one through.
    byte[] gif = gif(new int[][] {{1, 2}, {0}, {3, 0}}, new int[] {-1, -1, 3});
    Image volume = decoded(gif, 3, new VolumeForm(3, List.of()));
    assertThat(volume.shape()).isEqualTo(Shape.of(9, 1, 2));
    // Colors are 10, 20, 30, 40 in red, and 1 more in green and 2 in blue.
    assertThat(volume.toArray())
        .containsExactly(20, 30, 20, 10, 20, 10, 21, 31, 21, 11, 21, 11, 22, 32, 22, 12, 22, 12);
    assertThat(Pictures.decoded(gif, 1).width()).isEqualTo(2);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 5, 42, 50})
  void anAnimationGivesAsManyFramesAsAreAskedFor(int frames) throws IOException {
    byte[] file =
        Files.readAllBytes(DataFolder.require("volumes").resolve("animation-42-frames.gif"));
    Image volume = decoded(file, 1, new VolumeForm(frames, List.of()));
    assertThat(volume.shape()).isEqualTo(Shape.of(frames, 245, 245));
  }

  @Test
  void measuredVolumesAreRead() throws IOException {
    byte[] file = Files.readAllBytes(DataFolder.require("volumes").resolve("anatomical.nii"));
    Image volume = decoded(file, 1, new VolumeForm(25, List.of()));
    assertThat(volume.shape()).isEqualTo(Shape.of(25, 41, 33));
    // By the header: big-endian int16, the first index fastest.
    ByteBuffer raw = ByteBuffer.wrap(file).order(ByteOrder.BIG_ENDIAN).position(352).slice();
    int low = Integer.MAX_VALUE;
    int high = Integer.MIN_VALUE;
    for (int i = 0; i < 25 * 41 * 33; i++) {
      low = Math.min(low, raw.getShort(2 * i));
      high = Math.max(high, raw.getShort(2 * i));
    }
    for (int i = 0; i < 25 * 41 * 33; i += 7) {
      double expected = 255.0 * (raw.getShort(2 * i) - low) / (high - low);
      assertThat(Math.abs((volume.pixels()[i] & 0xff) - expected)).isLessThanOrEqualTo(0.5);
    }
    byte[] series = Files.readAllBytes(DataFolder.require("volumes").resolve("functional.nii"));
    assertThat(decoded(series, 3, new VolumeForm(2, List.of())).shape())
        .isEqualTo(Shape.of(6, 21, 17));
  }

  @ParameterizedTest
  @CsvSource({
    "2, 1, 0",
    "4, 2, 0",
    "8, 4, 0",
    "16, 4, 1",
    "64, 8, 2",
    "256, 1, 0",
    "512, 2, 0",
    "768, 4, 0"
  })
  void everyTypeInEitherOrderIsScaledAndWindowed(int type, int bytes, int kind) throws IOException {
    for (ByteOrder order : List.of(ByteOrder.BIG_ENDIAN, ByteOrder.LITTLE_ENDIAN)) {
      ByteBuffer file = nifti(order, type, 2, 1, 2);
      for (int i = 0; i < 4; i++) {
        int value = 10 * i;
        switch (kind) {
          case 0 -> {
            switch (bytes) {
              case 1 -> file.put((byte) value);
              case 2 -> file.putShort((short) value);
              default -> file.putInt(value);
            }
          }
          case 1 -> file.putFloat(value);
          default -> file.putDouble(value);
        }
      }
      byte[] whole = Arrays.copyOf(bytes(file), file.position());
      // Values are 2 v + 5: 5, 25, 45, 65.
      assertThat(decoded(whole, 1, new VolumeForm(2, List.of(15.0, 45.0))).toArray())
          .containsExactly(0, 85, -1, -1);
      assertThat(decoded(packed(whole), 1, new VolumeForm(1, List.of())).toArray())
          .containsExactly((byte) 170, -1);
    }
  }

  @Test
  void whatIsNoVolumeOrTooLargeOrCutOffIsRefused() throws IOException {
    VolumeForm form = new VolumeForm(2, List.of());
    assertThat(problem(Pictures.file("31x17.jpg"), form))
        .isEqualTo("the content is no volume (GIF or NIfTI-1), as data.volume asks for");
    assertThat(Pictures.problem(bytes(nifti(ByteOrder.BIG_ENDIAN, 2, 2, 1, 2))))
        .contains("set data.volume");
    assertThat(problem(bytes(nifti(ByteOrder.BIG_ENDIAN, 4, 2000, 2000, 10)), form))
        .startsWith("NIfTI file is truncated: its header says 40000000 values");
    assertThat(problem(bytes(nifti(ByteOrder.BIG_ENDIAN, 4, 20_000, 20_000, 10)), form))
        .contains("at most 64000000");
    assertThat(problem(bytes(nifti(ByteOrder.BIG_ENDIAN, 1792, 2, 2, 2)), form))
        .isEqualTo("NIfTI of data type 1792 is not supported");
    assertThat(problem(packed(new byte[100]), form)).startsWith("the content is no NIfTI-1 file");
    assertThatThrownBy(() -> new VolumeForm(1, List.of(2.0, 1.0)))
        .hasMessage(
            "window needs two numbers, the lower one first, such as [0, 1000], got [2.0, 1.0]");
  }

  private static String problem(byte[] file, VolumeForm form) {
    return new VolumeDecoder(1, form, DecodingOptions.DEFAULT).decode(file).problem();
  }

  private static Image decoded(byte[] file, int channels, VolumeForm form) {
    DecodeResult result = new VolumeDecoder(channels, form, DecodingOptions.DEFAULT).decode(file);
    assertThat(result.problem()).isEmpty();
    return result.picture().orElseThrow();
  }

  private static ByteBuffer nifti(ByteOrder order, int type, int width, int height, int depth) {
    ByteBuffer file = ByteBuffer.allocate(352 + 64).order(order);
    file.putInt(0, 348).putShort(40, (short) 3);
    file.putShort(42, (short) width).putShort(44, (short) height).putShort(46, (short) depth);
    file.putShort(70, (short) type).putFloat(108, 352).putFloat(112, 2).putFloat(116, 5);
    file.put(344, new byte[] {'n', '+', '1', 0});
    return file.position(352);
  }

  private static byte[] bytes(ByteBuffer buffer) {
    byte[] all = new byte[buffer.limit()];
    buffer.duplicate().position(0).get(all);
    return all;
  }

  private static byte[] packed(byte[] file) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (GZIPOutputStream out = new GZIPOutputStream(bytes)) {
      out.write(file);
    }
    return bytes.toByteArray();
  }

  /**
   * A GIF of four colors and two pixels.
   *
   * @param frames indexes of both pixels or of the right one alone
   * @param unseen index of each frame that is not drawn, or -1
   */
  private static byte[] gif(int[][] frames, int[] unseen) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes("GIF89a".getBytes(StandardCharsets.US_ASCII));
    out.writeBytes(new byte[] {2, 0, 1, 0, (byte) 0x81, 0, 0});
    for (int i = 1; i <= 4; i++) {
      out.writeBytes(new byte[] {(byte) (10 * i), (byte) (10 * i + 1), (byte) (10 * i + 2)});
    }
    for (int frame = 0; frame < frames.length; frame++) {
      int seen = unseen[frame] < 0 ? 0 : 1;
      out.writeBytes(new byte[] {0x21, (byte) 0xf9, 4, (byte) seen, 0, 0, (byte) unseen[frame], 0});
      int width = frames[frame].length;
      out.writeBytes(new byte[] {0x2c, (byte) (2 - width), 0, 0, 0, (byte) width, 0, 1, 0, 0, 2});
      // Codes of 3 bits: clear, the pixels, end.
      int bits = 4;
      int at = 3;
      for (int index : frames[frame]) {
        bits |= index << at;
        at += 3;
      }
      bits |= 5 << at;
      out.writeBytes(new byte[] {2, (byte) bits, (byte) (bits >> 8), 0});
    }
    out.write(0x3b);
    return out.toByteArray();
  }
}
