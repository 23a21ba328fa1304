package org.convoy.backend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.convoy.tensor.ShapeException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MatrixTest {
  private final Matrix matrix = Matrix.of(new float[40], 3, 4, 5, 7);

  @Test
  void aPartIsAWindowOnTheSameElements() {
    Matrix part = matrix.part(1, 2, 3, 1);

    assertThat(part.data()).isSameAs(matrix.data());
    assertThat(part.offset()).isEqualTo(3 + 7 + 3);
    assertThat(part.rows()).isEqualTo(2);
    assertThat(part.columns()).isEqualTo(1);
    assertThat(part.rowStride()).isEqualTo(7);
    assertThat(part.columnStride()).isEqualTo(1);
  }

  @Test
  void aPartOfATransposedMatrixIsTheTransposedPart() {
    Matrix part = matrix.transposed().part(3, 1, 1, 2);

    assertThat(part.offset()).isEqualTo(matrix.part(1, 2, 3, 1).offset());
    assertThat(part.rows()).isEqualTo(1);
    assertThat(part.columns()).isEqualTo(2);
    assertThat(part.rowStride()).isEqualTo(1);
    assertThat(part.columnStride()).isEqualTo(7);
  }

  @ParameterizedTest
  @CsvSource({
    "-1, 1, 0, 1",
    "0, -1, 0, 1",
    "3, 2, 0, 1",
    "0, 1, -1, 1",
    "0, 1, 0, -1",
    "0, 1, 3, 3"
  })
  void aPartThatLeavesTheMatrixIsRefused(int row, int rows, int column, int columns) {
    assertThatThrownBy(() -> matrix.part(row, rows, column, columns))
        .isInstanceOf(ShapeException.class)
        .hasMessage(
            "%d rows from row %d and %d columns from column %d leave a 4x5 matrix",
            rows, row, columns, column);
  }
}
