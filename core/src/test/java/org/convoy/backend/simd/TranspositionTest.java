package org.convoy.backend.simd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.Arrays;
import org.convoy.backend.Backends;
import org.convoy.backend.Workspace;
import org.convoy.random.RandomKey;
import org.convoy.tensor.Shape;
import org.convoy.testing.Values;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Rows come out as columns, whichever part of them is copied in blocks, and nothing else changes.
 */
@Tag("backend")
class TranspositionTest {
  private static final int FROM = 5;
  private static final int TO = 3;
  private static final float BEFORE = -7;

  @BeforeEach
  void requireVectors() {
    assumeTrue(
        Backends.simd().isPresent(), "no vectors: run with --add-modules jdk.incubator.vector");
  }

  @ParameterizedTest(name = "{0} rows of {1} with a step of {2}")
  @CsvSource({
    "1, 40, 1",
    "3, 100, 3",
    "8, 15, 8",
    "8, 16, 8",
    "8, 17, 8",
    "8, 196, 8",
    "8, 33, 12",
    "12, 50, 12",
    "15, 20, 16",
    "16, 16, 16",
    "16, 100, 16",
    "16, 65, 32",
    "21, 31, 32",
    "32, 48, 32",
    "45, 79, 48",
    "16, 20, 100"
  })
  void rowsBecomeColumns(int rows, int count, int step) {
    int stride = count + 3;
    float[] source = random(FROM + rows * stride);
    float[] target = blank(TO + count * step + 20);
    float[] expected = target.clone();
    for (int p = 0; p < count; p++) {
      for (int r = 0; r < rows; r++) {
        expected[TO + p * step + r] = source[FROM + r * stride + p];
      }
    }
    transposition().copy(source, FROM, stride, rows, count, target, TO, step);
    assertThat(target).isEqualTo(expected);
  }

  @Test
  void columnsGoWhereTheTableSays() {
    int rows = 37;
    int count = 50;
    int[] places = new int[count];
    Arrays.setAll(places, p -> 48 * (p + p / 10 * 2));
    float[] source = random(rows * count);
    float[] target = blank(places[count - 1] + 48);
    float[] expected = target.clone();
    int done = transposition().copySixteens(source, 0, count, rows, count, places, target, 0);
    for (int p = 0; p < count; p++) {
      for (int r = 0; r < done; r++) {
        expected[places[p] + r] = source[r * count + p];
      }
    }
    assertThat(done).isEqualTo(BlockTransposition.supported() ? 32 : 0);
    assertThat(target).isEqualTo(expected);
  }

  private static Transposition transposition() {
    Workspace workspace = new Workspace();
    for (int slot = 0; slot <= Slots.PARTS; slot++) {
      Arrays.fill(workspace.floats(slot, 1 << 12), Float.NaN);
    }
    return new Transposition(workspace);
  }

  private static float[] random(int size) {
    return Values.random(RandomKey.ofSeed(size), Shape.of(size)).data();
  }

  private static float[] blank(int size) {
    float[] values = new float[size];
    Arrays.fill(values, BEFORE);
    return values;
  }
}
