package org.convoy.augment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.assertj.core.data.Offset;
import org.convoy.image.geometry.Scratch;
import org.convoy.tensor.Shape;
import org.convoy.tensor.ShapeException;
import org.convoy.tensor.Tensor;
import org.junit.jupiter.api.Test;

class ColorShiftTest {
  private static final Offset<Double> CLOSE = Offset.offset(1e-6);

  @Test
  void eachChannelIsShiftedByAValueOfItsOwn() {
    Tensor image = Tensor.zeros(Shape.of(2, 1, 2));
    image.fill(0.5f);
    new ChannelShift(List.of(0.25f, -0.75f)).apply(image, new Scratch());
    assertThat(image.toArray()).containsExactly(0.75f, 0.75f, -0.25f, -0.25f);
  }

  @Test
  void onlyTheImageIsShifted() {
    float[] data = {1, 1, 1, 1};
    new ChannelShift(List.of(1f)).apply(Tensor.view(data, 1, Shape.of(1, 1, 2)), new Scratch());
    assertThat(data).containsExactly(1, 2, 2, 1);
  }

  @Test
  void shiftsFillTheRangeUpToTheAmount() {
    ColorShift shift = new ColorShift(0.125);
    double low = 1;
    double high = -1;
    double sum = 0;
    for (int id = 0; id < 1000; id++) {
      Tensor image = Tensor.zeros(Shape.of(3, 1, 1));
      shift.draw(DrawContext.of(1, 0, id), image.shape()).apply(image, new Scratch());
      float[] values = image.toArray();
      assertThat(values[0]).isNotEqualTo(values[1]);
      assertThat(values[1]).isNotEqualTo(values[2]);
      low = Math.min(low, values[2]);
      high = Math.max(high, values[2]);
      sum += values[2];
    }
    assertThat(low).isBetween(-0.125, -0.12);
    assertThat(high).isBetween(0.12, 0.125);
    assertThat(sum / 1000).isBetween(-0.01, 0.01);
  }

  @Test
  void anAmountOutsideOfItsRangeIsRefused() {
    assertThatThrownBy(() -> new ColorShift(-0.1)).hasMessage("amount must be in [0, 1], got -0.1");
  }

  @Test
  void principalComponentsAreWeighedByEigenvaluesAndDraws() {
    Tensor image = Tensor.zeros(Shape.of(3, 1, 1));
    PcaColorShift.ofImageNet().shift(1, 2, -3).apply(image, new Scratch());
    // By hand: row . (1 * 0.2175, 2 * 0.0188, -3 * 0.0045).
    assertThat((double) image.get(0, 0, 0)).isEqualTo(-0.10180148, CLOSE);
    assertThat((double) image.get(1, 0, 0)).isEqualTo(-0.1155042, CLOSE);
    assertThat((double) image.get(2, 0, 0)).isEqualTo(-0.15873153, CLOSE);
  }

  @Test
  void principalComponentsHaveTheSpreadOfThePaper() {
    double squares = 0;
    for (int id = 0; id < 4000; id++) {
      Tensor image = Tensor.zeros(Shape.of(3, 1, 1));
      PcaColorShift.ofImageNet()
          .draw(DrawContext.of(1, 0, id), image.shape())
          .apply(image, new Scratch());
      squares += image.get(0, 0, 0) * image.get(0, 0, 0);
    }
    // 0.1 * sqrt(sum of (p_i lambda_i)^2) for red.
    assertThat(Math.sqrt(squares / 4000)).isEqualTo(0.012417, Offset.offset(0.0005));
  }

  @Test
  void principalComponentsNeedThreeChannels() {
    assertThatThrownBy(() -> PcaColorShift.ofImageNet().outputShape(Shape.of(1, 28, 28)))
        .isInstanceOf(ShapeException.class)
        .hasMessage(
            "pca-color-shift needs the 3 channels red, green, blue,"
                + " got an image of shape 1x28x28");
  }

  @Test
  void componentsOfAnotherSizeAreRefused() {
    List<List<Double>> vectors = PcaColorShift.ofImageNet().eigenvectors();
    assertThatThrownBy(() -> new PcaColorShift(0.1, List.of(1.0), vectors))
        .hasMessage("expected 3 eigenvalues, got [1.0]");
    assertThatThrownBy(
            () -> new PcaColorShift(-1, PcaColorShift.ofImageNet().eigenvalues(), vectors))
        .hasMessage("sigma must be at least 0, got -1.0");
  }
}
