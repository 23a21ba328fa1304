package org.convoy.nn.layer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.convoy.tensor.Shape;
import org.convoy.tensor.ShapeException;
import org.junit.jupiter.api.Test;

class ChannelChoicesTest {

  @Test
  void channelsAreCountedInTheOutput() {
    assertThat(SelectChannels.of(2, 0, 2, 2).outputShape(Shape.of(3, 5, 7)))
        .isEqualTo(Shape.of(4, 5, 7));
    assertThat(new PadChannels(1, 2).outputShape(Shape.of(3, 5, 7))).isEqualTo(Shape.of(6, 5, 7));
  }

  @Test
  void channelsThatAreNotThereAreRefused() {
    assertThatThrownBy(() -> SelectChannels.of(0, 3).outputShape(Shape.of(3, 5, 7)))
        .isInstanceOf(ShapeException.class)
        .hasMessage("there is no channel 3 (counted from 0) in an input of 3x5x7");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> SelectChannels.of(0, -1))
        .withMessage("expected at least one channel, counted from 0, got [0, -1]");
    assertThatIllegalArgumentException()
        .isThrownBy(SelectChannels::of)
        .withMessage("expected at least one channel, counted from 0, got []");
  }

  @Test
  void optionsAreChecked() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new PadChannels(-1, 0))
        .withMessage("before must be at least 0, got -1");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new PadChannels(0, -2))
        .withMessage("after must be at least 0, got -2");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Scale(Float.NaN))
        .withMessage("factor must be finite, got NaN");
  }
}
