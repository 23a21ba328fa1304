package org.convoy.image.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.management.ThreadMXBean;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.convoy.image.DecodeResult;
import org.convoy.image.Image;
import org.convoy.random.RandomKey;
import org.convoy.tensor.Shape;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PictureDecoderTest {
  @ParameterizedTest
  @ValueSource(ints = {2, 3, 4, 5, 6, 7, 8})
  void everyExifOrientationIsTurnedUpright(int orientation) throws IOException {
    Image upright = Pictures.decoded(Pictures.file("hopper.jpg"), 3);
    byte[] file = Pictures.file("hopper_orientation_" + orientation + ".jpg");
    assertThat(Pictures.meanDifference(Pictures.decoded(file, 3), upright)).isLessThan(6);
  }

  @Test
  void inksBecomeLight() throws IOException {
    Image ink = Pictures.decoded(Pictures.file("pil_sample_cmyk.jpg"), 3);
    Image light = Pictures.decoded(Pictures.file("pil_sample_rgb.jpg"), 3);
    for (int channel = 0; channel < 3; channel++) {
      assertThat(Math.abs(Pictures.mean(ink, channel) - Pictures.mean(light, channel)))
          .isLessThan(5);
    }
  }

  @Test
  void aGrayFileFillsThreeChannelsAlike() throws IOException {
    Image color = Pictures.decoded(Pictures.file("hopper_gray.jpg"), 3);
    Image gray = Pictures.decoded(Pictures.file("hopper_gray.jpg"), 1);
    assertThat(color.shape()).isEqualTo(Shape.of(3, 128, 128));
    assertThat(gray.shape()).isEqualTo(Shape.of(1, 128, 128));
    for (int channel = 0; channel < 3; channel++) {
      assertThat(Arrays.copyOfRange(color.toArray(), channel << 14, (channel + 1) << 14))
          .containsExactly(gray.toArray());
    }
  }

  @Test
  void colorBecomesGrayByItsBrightness() throws IOException {
    Image color = Pictures.decoded(Pictures.file("31x17.jpg"), 3);
    Image gray = Pictures.decoded(Pictures.file("31x17.jpg"), 1);
    assertThat(gray.shape()).isEqualTo(Shape.of(1, 17, 31));
    for (int y = 0; y < 17; y++) {
      for (int x = 0; x < 31; x++) {
        double expected =
            0.299 * color.get(0, y, x) + 0.587 * color.get(1, y, x) + 0.114 * color.get(2, y, x);
        assertThat(Math.abs(gray.get(0, y, x) - expected)).isLessThan(0.51);
      }
    }
  }

  @Test
  void contentDecidesAndNotTheName() throws IOException {
    assertThat(Pictures.decoded(Pictures.file("gif-named.jpeg"), 3).shape())
        .isEqualTo(Shape.of(3, 30, 40));
  }

  @ParameterizedTest
  @CsvSource({
    "bad-crc.png, PNG file is damaged: wrong checksum in its chunk IDAT",
    "too-few-rows.png, PNG file is truncated: it ends in row 16 of 32",
    "truncated-idat.png, PNG file is truncated: it ends in row 0 of 16",
    "truncated_jpeg.jpg, JPEG file is truncated: a part of the picture is missing",
  })
  void damagedFilesAreRefusedWithTheReason(String name, String reason) throws IOException {
    assertThat(Pictures.problem(Pictures.file(name))).isEqualTo(reason);
  }

  @ParameterizedTest
  @ValueSource(strings = {"bomb-header-65535x65535-rgba.png", "bomb-header.gif", "bomb-header.bmp"})
  void hugeSizesAreRefusedBeforeMemoryIsTaken(String name) throws IOException {
    byte[] file = Pictures.file(name);
    ThreadMXBean thread = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long before = thread.getCurrentThreadAllocatedBytes();
    String problem = Pictures.problem(file);
    assertThat(thread.getCurrentThreadAllocatedBytes() - before).isLessThan(1_000_000);
    assertThat(problem).contains("pixels (width x height); at most 64000000");
  }

  @Test
  void theLimitCountsPixels() throws IOException {
    byte[] file = Pictures.file("31x17.jpg");
    assertThat(new PictureDecoder(3, 31 * 17).decode(file))
        .isInstanceOf(DecodeResult.Decoded.class);
    assertThat(new PictureDecoder(3, 31 * 17 - 1).decode(file))
        .isEqualTo(
            new DecodeResult.Rejected(
                "the header says 31 x 17 pixels (width x height);"
                    + " at most 526, and 65535 on a side, are accepted"));
  }

  @Test
  void otherContentIsRefused() {
    assertThat(Pictures.problem(new byte[0])).isEqualTo("the file is empty");
    assertThat(Pictures.problem(new byte[] {'<', 'h', 't'}))
        .isEqualTo("the content is no JPEG, PNG, GIF, BMP, WebP or TIFF: it begins with 3c 68 74");
    assertThat(Pictures.problem("RIFF....WEBPVP8 ".getBytes(StandardCharsets.US_ASCII)))
        .isEqualTo("WebP file has no picture");
  }

  @Test
  void aHalfJpegIsRefusedHoweverMuchOfItIsThere() throws IOException {
    byte[] file = Pictures.file("hopper.jpg");
    for (int length = 0; length < file.length - 40; length += 61) {
      assertThat(Pictures.problem(Arrays.copyOf(file, length))).as("length " + length).isNotEmpty();
    }
    assertThat(Pictures.problem(Arrays.copyOf(file, file.length - 2))).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"31x17.jpg", "too-few-rows.png", "gif-named.jpeg", "hopper_440.jpg"})
  void damageNeverDoesMoreThanBeRefused(String name) throws IOException {
    damage(Pictures.file(name), RandomKey.ofSeed(1).with(name));
  }

  @ParameterizedTest
  @ValueSource(strings = {"hopper_progressive.jpg", "hopper.gif", "pil_sample_cmyk.jpg"})
  void damageOfLargerFilesNeverDoesMoreThanBeRefused(String name) throws IOException {
    damage(Pictures.file(name), RandomKey.ofSeed(2).with(name));
  }

  @ParameterizedTest
  @ValueSource(strings = {"png", "gif", "bmp"})
  void damageOfLosslessFilesNeverDoesMoreThanBeRefused(String format) throws IOException {
    BufferedImage picture = new BufferedImage(20, 10, BufferedImage.TYPE_BYTE_INDEXED);
    damage(Pictures.written(picture, format), RandomKey.ofSeed(3).with(format));
  }

  private static void damage(byte[] file, RandomKey key) {
    PictureDecoder decoder = new PictureDecoder(3, 1_000_000);
    for (int trial = 0; trial < 1000; trial++) {
      byte[] damaged = Arrays.copyOf(file, 1 + (int) key.below(4L * trial, 2L * file.length));
      for (int i = 0; i < 3; i++) {
        long draw = 4L * trial + 1 + i;
        // Half of the damage hits the header.
        int place = (int) key.with(draw).below(0, draw % 2 == 0 ? 60 : damaged.length);
        damaged[Math.min(place, damaged.length - 1)] = (byte) key.bits(draw);
      }
      assertThat(decoder.decode(damaged).problem()).doesNotStartWith("the decoder failed");
    }
  }

  @Test
  void otherNumbersOfChannelsAreRefused() {
    assertThatThrownBy(() -> new PictureDecoder(2, 1)).hasMessage("channels must be 1 or 3, got 2");
    assertThatThrownBy(() -> new PictureDecoder(3, 0))
        .hasMessage("maximumPixels must be in 1..536870911, got 0");
  }
}
