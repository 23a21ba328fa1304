package org.convoy.image.codec;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.convoy.DataFolder;
import org.convoy.image.DecodeResult;
import org.convoy.image.Image;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A collection of odd and broken files, each with what a good reader should make of it. */
class OddPicturesTest {
  /**
   * One test for each row of both manifests; files that are too large to be kept here are found in
   * the folder of data, or skipped with a message.
   */
  @TestFactory
  Stream<DynamicTest> everyFileIsDecodedOrRefusedAsItShould() throws IOException {
    List<DynamicTest> tests = new ArrayList<>();
    for (String folder : List.of("made", "pillow")) {
      byte[] manifest = Pictures.file("odd/" + folder + "/MANIFEST.tsv");
      List<String> rows = new String(manifest, StandardCharsets.UTF_8).lines().skip(1).toList();
      for (String row : rows) {
        String[] fields = row.split("\t", -1);
        tests.add(DynamicTest.dynamicTest(folder + "/" + fields[0], () -> judge(folder, fields)));
      }
    }
    assertThat(tests).hasSize(90);
    return tests.stream();
  }

  private static void judge(String folder, String[] fields) throws IOException {
    byte[] file = odd(folder, fields[0]);
    assertThat(file).hasSize(Integer.parseInt(fields[1]));
    DecodeResult result = PictureDecoder.ofColor().decode(file);
    assertThat(result.problem()).doesNotContain("the decoder failed");
    String name = fields[0];
    switch (fields[3]) {
      case "decode", "decode with care" -> assertThat(result.problem()).isEmpty();
      case "skip", "reject", "reject: bomb", "reject or report" ->
          assertThat(result.problem()).isNotEmpty();
      case "decode or reject" -> {
        boolean refused = name.equals("arithmetic-coded.jpg");
        assertThat(result.picture().isEmpty()).isEqualTo(refused);
      }
      case "decode or skip" -> assertThat(name).isEqualTo("no-extension");
      case "reject or decode scaled: bomb" -> {
        // One is within the limit, the other is not.
        boolean small = name.equals("bomb-real-6000x6000-rgb.png");
        assertThat(result.picture().isPresent()).isEqualTo(small);
      }
      default -> throw new AssertionError("unknown expectation: " + fields[3]);
    }
    String[] known = fields[2].split(" ", -1);
    if (result.picture().isPresent() && known[1].contains("x")) {
      Image image = result.picture().get();
      String size = name.startsWith("exif-orientation-6") ? "360x480" : known[1];
      assertThat(image.width() + "x" + image.height()).isEqualTo(size);
    }
  }

  private static byte[] odd(String folder, String name) throws IOException {
    Optional<byte[]> here = Pictures.fileIfPresent("odd/" + folder + "/" + name);
    return here.isPresent()
        ? here.get()
        : Files.readAllBytes(DataFolder.require("images/odd/" + folder).resolve(name));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "jpeg-named.png",
        "progressive.jpg",
        "restart-markers.jpg",
        "garbage-after-eoi.jpg",
        "missing-eoi.jpg"
      })
  void theSamePictureOtherwiseWrittenHasTheSamePixels(String name) throws IOException {
    assertThat(made(name).toArray()).containsExactly(made("baseline-420.jpg").toArray());
  }

  @Test
  void turnedPicturesHaveThePixelsOfTheStoredOneTurned() throws IOException {
    Image stored = made("baseline-420.jpg");
    Image half = made("exif-orientation-3.jpg");
    Image quarter = made("exif-orientation-6.jpg");
    for (int channel = 0; channel < 3; channel++) {
      for (int y = 0; y < stored.height(); y++) {
        for (int x = 0; x < stored.width(); x++) {
          int value = stored.get(channel, y, x);
          assertThat(half.get(channel, 359 - y, 479 - x)).isEqualTo(value);
          assertThat(quarter.get(channel, x, 359 - y)).isEqualTo(value);
        }
      }
    }
  }

  @Test
  void inksHaveTheMeanColorOfTheLight() throws IOException {
    for (int channel = 0; channel < 3; channel++) {
      double ink = Pictures.mean(made("cmyk.jpg"), channel);
      double light = Pictures.mean(made("baseline-444.jpg"), channel);
      assertThat(Math.abs(ink - light)).isLessThan(1);
    }
  }

  @Test
  void inksAndLightOfOnePictureAgree() throws IOException {
    Image ink = Pictures.decoded(Pictures.file("pil_sample_cmyk.jpg"), 3);
    Image light = Pictures.decoded(Pictures.file("pil_sample_rgb.jpg"), 3);
    assertThat(Pictures.meanDifference(ink, light)).isLessThan(12);
  }

  /** What one of the two lets through of the white below it, the other does not. */
  @Test
  void alphaOfEightAndOfSixteenBitsAgree() throws IOException {
    byte[] opaque = made("adam7.png").toArray();
    byte[] eight = made("rgba8.png").toArray();
    byte[] sixteen = made("rgba16.png").toArray();
    for (int i = 0; i < opaque.length; i++) {
      int sum = (eight[i] & 0xff) + (sixteen[i] & 0xff) - 255;
      assertThat(Math.abs(sum - (opaque[i] & 0xff))).isLessThanOrEqualTo(2);
    }
  }

  private static Image made(String name) throws IOException {
    return Pictures.decoded(odd("made", name), 3);
  }
}
