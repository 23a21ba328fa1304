package org.convoy.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.convoy.tensor.Shape;
import org.junit.jupiter.api.Test;

class ChunkTest {
  private static final Shape SHAPE = Shape.of(1, 1, 2);

  @Test
  void imagesAreOrderedBySlotWhateverTheOrderOfAdding() {
    Chunk chunk =
        new Chunk.Builder(2, 3, SHAPE, 3)
            .add(7, 70, 1, new byte[] {7, 8})
            .add(0, 10, 0, new byte[] {1, 2})
            .add(4, 40, 2, new byte[] {4, 5})
            .build();

    assertThat(chunk.pixels()).containsExactly(1, 2, 4, 5, 7, 8);
    assertThat(chunk.indexOfSlot(4)).isEqualTo(1);
    assertThat(chunk.id(1)).isEqualTo(40);
    assertThat(chunk.annotation(2).label()).isEqualTo(1);
    assertThat(chunk.indexOfSlot(5)).isNegative();
    assertThat(chunk.pixelOffset(2)).isEqualTo(4);
  }

  @Test
  void aSlotFilledTwiceIsRefused() {
    Chunk.Builder builder =
        new Chunk.Builder(1, 0, SHAPE, 2).add(3, 1, 0, new byte[2]).add(3, 2, 0, new byte[2]);

    assertThatThrownBy(builder::build)
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("chunk 0 of shard 1: slot 3 is filled twice");
  }

  @Test
  void anImageOfAnotherSizeIsRefused() {
    assertThatThrownBy(() -> new Chunk.Builder(0, 0, SHAPE, 1).add(0, 9, 0, new byte[3]))
        .hasMessage("image 9: expected 2 bytes for shape 1x1x2, got 3");
  }
}
