package org.convoy.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.convoy.random.RandomKey;
import org.junit.jupiter.api.Test;

class SymmetricEigenTest {
  @Test
  void twoByTwoByHand() {
    // (2 1; 1 2) has 3 along (1, 1) and 1 along (1, -1).
    SymmetricEigen eigen = new SymmetricEigen(new double[] {2, 1, 1, 2}, 2);

    assertThat(eigen.value(0)).isCloseTo(3, within(1e-15));
    assertThat(eigen.value(1)).isCloseTo(1, within(1e-15));
    double half = Math.sqrt(0.5);
    assertThat(eigen.vector(0)).containsExactly(new double[] {half, half}, within(1e-15));
    assertThat(eigen.vector(1)[0]).isCloseTo(-eigen.vector(1)[1], within(1e-15));
  }

  @Test
  void aDiagonalKeepsItsValuesInDescendingOrder() {
    SymmetricEigen eigen = new SymmetricEigen(new double[] {1, 0, 0, 0, 5, 0, 0, 0, 5}, 3);

    assertThat(eigen.value(0)).isEqualTo(5);
    assertThat(eigen.value(1)).isEqualTo(5);
    assertThat(eigen.value(2)).isEqualTo(1);
    assertThat(eigen.vector(0)).containsExactly(0, 1, 0);
    assertThat(eigen.vector(1)).containsExactly(0, 0, 1);
    assertThat(eigen.vector(2)).containsExactly(1, 0, 0);
  }

  @Test
  void aMatrixIsPutTogetherAgainFromItsParts() {
    int size = 12;
    double[] matrix = symmetric(size);
    SymmetricEigen eigen = new SymmetricEigen(matrix, size);

    for (int i = 0; i < size; i++) {
      for (int j = 0; j < size; j++) {
        double sum = 0;
        double product = 0;
        for (int rank = 0; rank < size; rank++) {
          sum += eigen.value(rank) * eigen.vector(rank)[i] * eigen.vector(rank)[j];
          product += eigen.vector(i)[rank] * eigen.vector(j)[rank];
        }
        assertThat(sum).isCloseTo(matrix[i * size + j], within(1e-12));
        assertThat(product).as("%d and %d", i, j).isCloseTo(i == j ? 1 : 0, within(1e-13));
      }
    }
    for (int rank = 1; rank < size; rank++) {
      assertThat(eigen.value(rank)).isLessThanOrEqualTo(eigen.value(rank - 1));
    }
  }

  @Test
  void theLargestElementOfAVectorIsAboveZero() {
    int size = 7;
    SymmetricEigen eigen = new SymmetricEigen(symmetric(size), size);
    for (int rank = 0; rank < size; rank++) {
      double largest = 0;
      for (double element : eigen.vector(rank)) {
        largest = Math.abs(element) > Math.abs(largest) ? element : largest;
      }
      assertThat(largest).isPositive();
    }
  }

  private static double[] symmetric(int size) {
    RandomKey key = RandomKey.ofSeed(5);
    double[] matrix = new double[size * size];
    for (int i = 0; i < size; i++) {
      for (int j = i; j < size; j++) {
        matrix[i * size + j] = key.uniform((long) i * size + j, -1, 1);
        matrix[j * size + i] = matrix[i * size + j];
      }
    }
    return matrix;
  }
}
