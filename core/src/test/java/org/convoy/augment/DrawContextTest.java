package org.convoy.augment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class DrawContextTest {
  @Test
  void seedEpochImageAndPositionChangeTheKey() {
    DrawContext context = DrawContext.of(1, 2, 3).with(4);
    assertThat(DrawContext.of(1, 2, 3).with(4)).isEqualTo(context);
    assertThat(DrawContext.of(9, 2, 3).with(4).key()).isNotEqualTo(context.key());
    assertThat(DrawContext.of(1, 9, 3).with(4).key()).isNotEqualTo(context.key());
    assertThat(DrawContext.of(1, 2, 9).with(4).key()).isNotEqualTo(context.key());
    assertThat(DrawContext.of(1, 2, 3).with(9).key()).isNotEqualTo(context.key());
  }

  @Test
  void onlyTheEpochLeavesTheImagesKeyAsItIs() {
    DrawContext context = DrawContext.of(1, 2, 3).with(4);
    assertThat(DrawContext.of(9, 2, 3).with(4).imageKey()).isNotEqualTo(context.imageKey());
    assertThat(DrawContext.of(1, 9, 3).with(4).imageKey()).isEqualTo(context.imageKey());
    assertThat(DrawContext.of(1, 2, 9).with(4).imageKey()).isNotEqualTo(context.imageKey());
    assertThat(DrawContext.of(1, 2, 3).with(9).imageKey()).isNotEqualTo(context.imageKey());
  }

  @Test
  void epochsBelowZeroAreRefused() {
    assertThatThrownBy(() -> DrawContext.of(1, -1, 0))
        .hasMessage("epoch must be at least 0, got -1");
  }
}
