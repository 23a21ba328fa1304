package org.convoy.augment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashMap;
import java.util.Map;
import org.convoy.image.ImageSize;
import org.convoy.image.geometry.AffineMap;
import org.convoy.image.geometry.Border;
import org.convoy.image.geometry.InverseMap;
import org.convoy.tensor.Shape;
import org.convoy.tensor.ShapeException;
import org.junit.jupiter.api.Test;

class RandomCropTest {
  @Test
  void everyPositionIsAboutEquallyLikely() {
    RandomCrop crop = new RandomCrop(new ImageSize(4, 5), 1, Border.ZERO);
    Map<InverseMap, Integer> counts = new HashMap<>();
    for (int id = 0; id < 12_000; id++) {
      counts.merge(crop.draw(DrawContext.of(1, 0, id), Shape.of(1, 4, 6)), 1, Integer::sum);
    }
    assertThat(counts).hasSize(3 * 4);
    assertThat(counts.values()).allMatch(count -> count > 850 && count < 1150);
    for (int row = -1; row <= 1; row++) {
      for (int column = -1; column <= 2; column++) {
        assertThat(counts).containsKey(AffineMap.shift(row, column));
      }
    }
  }

  @Test
  void withoutRandomnessTheMiddleIsTaken() {
    assertThat(neutral(2, 0, Shape.of(1, 6, 8))).isEqualTo(AffineMap.shift(2, 3));
    assertThat(neutral(2, 0, Shape.of(1, 3, 2))).isEqualTo(AffineMap.shift(0, 0));
    assertThat(neutral(8, 4, Shape.of(1, 8, 8))).isEqualTo(AffineMap.shift(0, 0));
    assertThat(neutral(8, 4, Shape.of(1, 6, 4))).isEqualTo(AffineMap.shift(-1, -2));
  }

  @Test
  void theWindowMayNotBeLargerThanThePaddedImage() {
    RandomCrop crop = new RandomCrop(ImageSize.square(40), 2, Border.ZERO);
    assertThat(crop.outputShape(Shape.of(3, 36, 41))).isEqualTo(Shape.of(3, 40, 40));
    assertThatThrownBy(() -> crop.outputShape(Shape.of(3, 32, 48)))
        .isInstanceOf(ShapeException.class)
        .hasMessage(
            "random-crop of 40x40 is larger than the padded image 36x52 (image 3x32x48, padding 2);"
                + " pad more or crop less");
  }

  @Test
  void paddingOutsideOfItsRangeIsRefused() {
    assertThatThrownBy(() -> new RandomCrop(ImageSize.square(4), -1, Border.ZERO))
        .hasMessage("padding must be in 0..65535, got -1");
  }

  private static InverseMap neutral(int side, int padding, Shape image) {
    return new RandomCrop(ImageSize.square(side), padding, Border.ZERO).neutral(image);
  }
}
