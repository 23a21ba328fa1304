package org.convoy.spark.input;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.convoy.spark.input.SplitSource.Part;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SplitSourceTest {
  @TempDir private Path directory;

  /** A list of so many images in three classes of 60, 30 and 10 %. */
  private ListSource list(int from, int to) {
    StringBuilder lines = new StringBuilder();
    for (int i = from; i < to; i++) {
      lines
          .append(i)
          .append(".png,")
          .append(i % 10 < 6 ? 'a' : i % 10 < 9 ? 'b' : 'c')
          .append('\n');
    }
    Path file = SampleImages.text(directory.resolve(from + "-" + to + ".csv"), lines.toString());
    return new ListSource(List.of(file.toString()));
  }

  private static List<String> keys(ImageSource of, Part part, double fraction, boolean stratified)
      throws IOException {
    ImageSet set = Reading.open(new SplitSource(of, part, fraction, 3, stratified));
    List<EncodedImage> images = Reading.read(set, 3);
    assertThat(images).hasSize((int) set.summary().count());
    for (int i = 0; i < images.size(); i++) {
      assertThat(images.get(i).id()).isEqualTo(i);
    }
    return images.stream().map(EncodedImage::key).toList();
  }

  @Test
  void bothPartsAreTheWhole() throws IOException {
    for (boolean stratified : new boolean[] {false, true}) {
      List<String> all = new ArrayList<>(keys(list(0, 1000), Part.TRAIN, 0.3, stratified));
      List<String> test = keys(list(0, 1000), Part.TEST, 0.3, stratified);
      all.addAll(test);

      assertThat(all).hasSize(1000).doesNotHaveDuplicates();
      assertThat((double) test.size()).isCloseTo(300, within(45.0));
    }
  }

  @Test
  void imagesThatAreAddedMoveNoOthers() throws IOException {
    List<String> before = keys(list(100, 300), Part.TEST, 0.25, false);
    List<String> after = keys(list(0, 400), Part.TEST, 0.25, false);

    assertThat(after).containsAll(before);
    assertThat(after.stream().filter(key -> number(key) >= 100 && number(key) < 300))
        .containsExactlyElementsOf(before);
  }

  private static int number(String key) {
    return Integer.parseInt(key.replaceAll(".*/|\\.png", ""));
  }

  @Test
  void eachClassGivesItsShare() throws IOException {
    ImageSet set = Reading.open(new SplitSource(list(0, 1000), Part.TEST, 0.25, 3, true));
    long[] counts = new long[3];
    Reading.read(set, 2).forEach(image -> counts[image.annotation().label()]++);

    assertThat(counts).containsExactly(150, 75, 25);
    assertThat(set.summary().notes()).endsWith("250 of 1,000 images are for testing");
  }

  @Test
  void theSeedDecides() throws IOException {
    List<String> three = keys(list(0, 200), Part.TEST, 0.5, false);
    ImageSet other = Reading.open(new SplitSource(list(0, 200), Part.TEST, 0.5, 4, false));

    assertThat(Reading.read(other, 1))
        .extracting(EncodedImage::key)
        .doesNotContainSequence(three)
        .isNotEqualTo(three);
  }

  @Test
  void refusesPartsThatAreEmptyOrAll() {
    assertThatThrownBy(() -> new SplitSource(list(0, 9), Part.TEST, 0, 1, false))
        .hasMessage("fraction must be above 0 and below 1, the part for testing, got 0.0");
    assertThatThrownBy(() -> Reading.open(new SplitSource(list(0, 2), Part.TEST, 0.0001, 1, true)))
        .isInstanceOf(InputException.class)
        .hasMessage(
            "split: fraction = 1.0E-4 of 2 images leaves none to test; give more images, or another"
                + " fraction");
  }
}
