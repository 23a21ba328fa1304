package org.convoy.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class BoxTest {
  @Test
  void clipsToThePicture() {
    assertThat(new Box(-2, 3, 5, 12).clip(4, 10)).isEqualTo(new Box(0, 3, 4, 10));
  }

  @Test
  void isAnEdgeWithoutAreaWhereItLiesOutside() {
    assertThat(new Box(5, 1, 7, 2).clip(4, 10).area()).isZero();
  }

  @Test
  void measuresWhatItCovers() {
    assertThat(new Box(1, 2, 4, 4).area()).isEqualTo(6);
  }

  @Test
  void refusesEdgesInTheWrongOrder() {
    assertThatThrownBy(() -> new Box(3, 0, 2, 1))
        .hasMessageContaining("top <= bottom")
        .hasMessageContaining("top 3.0");
    assertThatThrownBy(() -> new Box(0, Double.NaN, 2, 1)).hasMessageContaining("left NaN");
  }
}
