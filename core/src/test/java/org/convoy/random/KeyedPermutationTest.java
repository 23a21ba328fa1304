package org.convoy.random;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.BitSet;
import org.junit.jupiter.api.Test;

class KeyedPermutationTest {
  @Test
  void everyValueIsHitOnceAndInverted() {
    for (int size : new int[] {1, 2, 3, 4, 5, 16, 17, 1000, 65537}) {
      KeyedPermutation permutation = new KeyedPermutation(RandomKey.ofSeed(size), size);
      BitSet hit = new BitSet(size);
      for (int value = 0; value < size; value++) {
        long image = permutation.apply(value);
        hit.set((int) image);
        assertThat(permutation.invert(image)).isEqualTo(value);
      }
      assertThat(hit.cardinality()).isEqualTo(size);
    }
  }

  @Test
  void hugeRangesWork() {
    long size = (1L << 40) + 12345;
    KeyedPermutation permutation = new KeyedPermutation(RandomKey.ofSeed(9), size);
    for (long value = 0; value < size; value += size / 100) {
      assertThat(permutation.invert(permutation.apply(value))).isEqualTo(value);
    }
  }

  @Test
  void neighboursArePulledApart() {
    int size = 10_000;
    KeyedPermutation permutation = new KeyedPermutation(RandomKey.ofSeed(1), size);
    double covariance = 0;
    for (int value = 0; value + 1 < size; value++) {
      double here = permutation.apply(value) / (double) size - 0.5;
      double next = permutation.apply(value + 1) / (double) size - 0.5;
      covariance += here * next;
    }
    assertThat(Math.abs(covariance / size * 12)).isLessThan(0.05);
  }

  @Test
  void valuesOutsideAreRefused() {
    KeyedPermutation permutation = new KeyedPermutation(RandomKey.ofSeed(1), 4);
    assertThatThrownBy(() -> permutation.apply(4)).hasMessage("value 4 is not in 0..3");
  }
}
