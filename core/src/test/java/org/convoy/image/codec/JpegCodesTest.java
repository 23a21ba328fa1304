package org.convoy.image.codec;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.convoy.image.DecodeResult;
import org.convoy.image.RgbColor;
import org.convoy.image.Truncation;
import org.convoy.random.RandomKey;
import org.junit.jupiter.api.Test;

class JpegCodesTest {
  private static final PictureDecoder DECODER =
      new PictureDecoder(1, new DecodingOptions(1_000_000, RgbColor.WHITE, Truncation.ACCEPT));

  @Test
  void anyCodesAreReadAsBitByBit() {
    for (int seed = 0; seed < 300; seed++) {
      RandomJpeg jpeg = new RandomJpeg(seed);
      byte[] file = jpeg.file();
      assertThat(check(jpeg, file, file.length - 2)).isEmpty();
    }
  }

  @Test
  void aFileThatEndsAnywhereIsReadAsBitByBit() {
    int truncated = 0;
    for (int seed = 0; seed < 5; seed++) {
      RandomJpeg jpeg = new RandomJpeg(seed);
      byte[] file = jpeg.file();
      for (int length = jpeg.dataBegin(); length < file.length - 2; length++) {
        byte[] part = Arrays.copyOf(file, length);
        truncated += check(jpeg, part, length).equals("truncated") ? 1 : 0;
      }
    }
    assertThat(truncated).isGreaterThan(100);
  }

  @Test
  void damagedDataIsReadAsBitByBit() {
    RandomKey random = RandomKey.ofSeed(3);
    int damaged = 0;
    for (int i = 0; i < 1000; i++) {
      RandomJpeg jpeg = new RandomJpeg(i % 10);
      byte[] file = jpeg.file();
      int length = file.length - 2 - jpeg.dataBegin();
      int at = jpeg.dataBegin() + (int) random.below(2L * i, length);
      // Neither a marker nor the zero behind a byte of ones may come or go.
      if (file[at] != (byte) 0xff && file[at - 1] != (byte) 0xff) {
        file[at] = (byte) random.below(2L * i + 1, 255);
        damaged += check(jpeg, file, file.length - 2).isEmpty() ? 0 : 1;
      }
    }
    assertThat(damaged).isGreaterThan(100);
  }

  /** What is wrong with a file, which the decoder must find too. */
  private static String check(RandomJpeg jpeg, byte[] file, int end) {
    RandomJpeg.Slow expected = jpeg.slow(file, end);
    DecodeResult result = DECODER.decode(file);
    if (expected.problem.isEmpty()) {
      assertThat(result.problem() + result.note()).isEmpty();
    } else {
      assertThat(result.problem() + result.note()).contains(expected.problem);
    }
    result
        .picture()
        .ifPresent(
            picture -> {
              byte[] samples = new byte[RandomJpeg.WIDTH * RandomJpeg.HEIGHT];
              for (int i = 0; i < samples.length; i++) {
                samples[i] = expected.sample(i % RandomJpeg.WIDTH, i / RandomJpeg.WIDTH);
              }
              assertThat(picture.toArray()).isEqualTo(samples);
            });
    return expected.problem;
  }
}
