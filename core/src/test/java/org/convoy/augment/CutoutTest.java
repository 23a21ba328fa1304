package org.convoy.augment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.convoy.image.geometry.Scratch;
import org.convoy.tensor.Shape;
import org.convoy.tensor.Tensor;
import org.junit.jupiter.api.Test;

class CutoutTest {
  @Test
  void everyPixelIsTheCenterAboutEquallyOften() {
    Map<Integer, Integer> centers = new HashMap<>();
    for (int id = 0; id < 12_000; id++) {
      Tensor image = covered(new Cutout(1, List.of(0.0)), 2, 1, 3, 4, id);
      int center = -1;
      for (int i = 0; i < 12; i++) {
        center = image.toArray()[i] == 0 ? i : center;
        assertThat(image.toArray()[i + 12]).isEqualTo(image.toArray()[i]);
      }
      centers.merge(center, 1, Integer::sum);
    }
    assertThat(centers).hasSize(12).doesNotContainKey(-1);
    assertThat(centers.values()).allMatch(count -> count > 850 && count < 1150);
  }

  @Test
  void theSquareMayStickOut() {
    Map<Integer, Integer> areas = new HashMap<>();
    for (int id = 0; id < 500; id++) {
      Tensor image = covered(new Cutout(3, List.of(0.5)), 1, 1, 4, 4, id);
      int area = 0;
      for (float value : image.toArray()) {
        area += value == 0.5f ? 1 : 0;
      }
      areas.merge(area, 1, Integer::sum);
    }
    assertThat(areas).containsOnlyKeys(4, 6, 9);
  }

  @Test
  void aSquareLargerThanThePictureCoversAll() {
    Tensor image = covered(new Cutout(Integer.MAX_VALUE, List.of(0.25)), 3, 1, 4, 4, 0);
    assertThat(image.toArray()).containsOnly(0.25f);
  }

  @Test
  void eachChannelMayHaveItsFill() {
    Tensor image = covered(new Cutout(9, List.of(0.25, 0.75)), 2, 1, 1, 1, 0);
    assertThat(image.toArray()).containsExactly(0.25f, 0.75f);
    assertThatThrownBy(() -> new Cutout(9, List.of(0.25, 0.75)).outputShape(Shape.of(3, 4, 4)))
        .hasMessage(
            "cutout has 2 numbers in fill, but an image of shape 3x4x4 has 3 channels;"
                + " give one number for each channel, or one for all");
  }

  @Test
  void optionsOutsideOfTheirRangesAreRefused() {
    assertThatThrownBy(() -> new Cutout(0, List.of(0.0)))
        .hasMessage("size must be at least 1, got 0");
    assertThatThrownBy(() -> new Cutout(1, List.of(2.0)))
        .hasMessage("fill needs one number in [0, 1], or one for each channel, got [2.0]");
  }

  private static Tensor covered(
      Cutout cutout, int channels, float before, int height, int width, int id) {
    Tensor image = Tensor.zeros(Shape.of(channels, height, width));
    image.fill(before);
    cutout.draw(DrawContext.of(4, 0, id), image.shape()).apply(image, new Scratch());
    return image;
  }
}
