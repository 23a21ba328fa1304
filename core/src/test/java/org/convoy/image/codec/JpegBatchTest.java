package org.convoy.image.codec;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JpegBatchTest {
  private static final int ACROSS = 20;

  @ParameterizedTest
  @CsvSource({
    "1, 300",
    "2, 300",
    "31, 300",
    "33, 2000",
    "255, 32000",
    "256, 131000",
    "257, 131000",
    "600, 2000",
    "40, 200000",
    "300, 150000",
    "40, 2147483647",
  })
  void manyBlocksAreTransformedAsEachAlone(int count, int largest) {
    JpegComponent component = component();
    byte[] expected = component.samples.clone();
    JpegBatch batch = new JpegBatch();
    for (int i = 0; i < count; i++) {
      int[] block = JpegTransformTest.block(i, i % 5 == 0 ? 0 : i % 64, i % 7 == 0 ? largest : 300);
      put(batch, component, i, block);
      int stride = component.stride();
      JpegTransform.inverse(block, expected, i / ACROSS * 8 * stride + i % ACROSS * 8, stride);
    }
    batch.flush();
    assertThat(component.samples).isEqualTo(expected);
  }

  @Test
  void aBlockThatWasNotEndedLeavesNothing() {
    JpegComponent component = component();
    JpegBatch batch = new JpegBatch();
    put(batch, component, 0, JpegTransformTest.block(1, 20, 300));
    batch.coefficients()[JpegBatch.PLACES[5] + batch.lane()] = 77;
    batch.flush();
    byte[] before = component.samples.clone();
    batch.clear();
    put(batch, component, 0, JpegTransformTest.block(1, 20, 300));
    put(batch, component, 1, new int[64]);
    batch.flush();
    assertThat(component.samples).isEqualTo(before);
    for (int place : JpegBatch.PLACES) {
      int[] lanes = Arrays.copyOfRange(batch.coefficients(), place, place + JpegBatch.LANES);
      assertThat(lanes).containsOnly(0);
    }
  }

  private static void put(JpegBatch batch, JpegComponent component, int i, int[] block) {
    int spread = -1;
    for (int k = 1; k < 64; k++) {
      int value = block[JpegTables.ZIGZAG[k]];
      if (value != 0) {
        batch.coefficients()[JpegBatch.PLACES[k] + batch.lane()] = value;
        spread = Math.max(spread, 0) | (value ^ (value >> 31));
      }
    }
    batch.finish(component, i / ACROSS, i % ACROSS, block[0], spread);
  }

  private static JpegComponent component() {
    List<JpegComponent> components = new ArrayList<>();
    JpegFrame frame = new JpegFrame(31 * 8, ACROSS * 8, false, components, 1, 1);
    JpegComponent component = new JpegComponent(1, 1, 1, 0, frame);
    component.begin(new int[64], false);
    return component;
  }
}
