package org.convoy.image.codec;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.convoy.DataFolder;
import org.convoy.image.Image;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A collection of odd and broken files, each with what a good reader should make of it. */
class OddPicturesTest {
  @ParameterizedTest
  @ValueSource(strings = {"images/odd/made", "images/odd/pillow"})
  void everyFileIsDecodedOrRefusedAsItShould(String folder) throws IOException {
    Path manifest = DataFolder.require(folder).resolve("MANIFEST.tsv");
    List<String> rows = Files.readAllLines(manifest);
    for (String row : rows.subList(1, rows.size())) {
      String[] fields = row.split("\t", -1);
      byte[] file = Files.readAllBytes(manifest.resolveSibling(fields[0]));
      String problem = Pictures.problem(file);
      String expected = fields[3];
      if (expected.equals("decode") || expected.equals("decode with care")) {
        assertThat(problem).as(fields[0]).isEmpty();
      } else if (expected.equals("skip") || isToBeRejected(expected)) {
        assertThat(problem).as(fields[0]).isNotEmpty();
      }
      String[] known = fields[2].split(" ", -1);
      if (problem.isEmpty() && known.length > 1 && !fields[0].startsWith("exif-orientation-6")) {
        Image image = Pictures.decoded(file, 3);
        assertThat(image.width() + "x" + image.height()).as(fields[0]).isEqualTo(known[1]);
      }
    }
  }

  private static boolean isToBeRejected(String expected) {
    return expected.startsWith("reject") && !expected.contains("decode scaled");
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
  void samplesOfEightAndSixteenBitsAgree() throws IOException {
    assertThat(made("rgba16.png").toArray()).containsExactly(made("rgba8.png").toArray());
    assertThat(made("adam7.png").toArray()).containsExactly(made("rgba8.png").toArray());
  }

  private static Image made(String name) throws IOException {
    byte[] file = Files.readAllBytes(DataFolder.require("images/odd/made").resolve(name));
    return Pictures.decoded(file, 3);
  }
}
