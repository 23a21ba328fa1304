package org.convoy.bench.kernel;

/**
 * Matrix products by their sizes: cubes, and those of the linear layers of the lectures' LeNet-5
 * with batches of 64 and 8, and of AlexNet's largest one with a batch of 16. A layer multiplies
 * forward with its transposed weights, backward with the weights, and for the weights' gradient the
 * transposed output gradient with the input.
 */
public enum ProductCase {
  CUBE_1024(1024, 1024, 1024, Transposed.NEITHER),
  CUBE_256(256, 256, 256, Transposed.NEITHER),
  LENET_FC1_FORWARD(64, 400, 120, Transposed.RIGHT),
  LENET_FC1_BACKWARD_INPUT(64, 120, 400, Transposed.NEITHER),
  LENET_FC1_BACKWARD_WEIGHT(120, 64, 400, Transposed.LEFT),
  LENET_FC2_FORWARD(64, 120, 84, Transposed.RIGHT),
  LENET_FC2_BACKWARD_INPUT(64, 84, 120, Transposed.NEITHER),
  LENET_FC2_BACKWARD_WEIGHT(84, 64, 120, Transposed.LEFT),
  LENET_FC3_FORWARD(64, 84, 10, Transposed.RIGHT),
  LENET_FC3_BACKWARD_INPUT(64, 10, 84, Transposed.NEITHER),
  LENET_FC3_BACKWARD_WEIGHT(10, 64, 84, Transposed.LEFT),
  LENET_FC1_FORWARD_BATCH_8(8, 400, 120, Transposed.RIGHT),
  LENET_FC1_BACKWARD_INPUT_BATCH_8(8, 120, 400, Transposed.NEITHER),
  LENET_FC1_BACKWARD_WEIGHT_BATCH_8(120, 8, 400, Transposed.LEFT),
  ALEXNET_FC6_FORWARD(16, 9216, 4096, Transposed.RIGHT),
  ALEXNET_FC6_BACKWARD_INPUT(16, 4096, 9216, Transposed.NEITHER),
  ALEXNET_FC6_BACKWARD_WEIGHT(4096, 16, 9216, Transposed.LEFT);

  private enum Transposed {
    NEITHER,
    LEFT,
    RIGHT
  }

  private final int rows;
  private final int inner;
  private final int columns;
  private final Transposed transposed;

  ProductCase(int rows, int inner, int columns, Transposed transposed) {
    this.rows = rows;
    this.inner = inner;
    this.columns = columns;
    this.transposed = transposed;
  }

  /** Rows of the left factor and of the product. */
  public int rows() {
    return rows;
  }

  /** Columns of the left factor, rows of the right one. */
  public int inner() {
    return inner;
  }

  /** Columns of the right factor and of the product. */
  public int columns() {
    return columns;
  }

  /** Whether the left factor lies in memory column by column. */
  public boolean leftTransposed() {
    return transposed == Transposed.LEFT;
  }

  /** Whether the right factor lies in memory column by column. */
  public boolean rightTransposed() {
    return transposed == Transposed.RIGHT;
  }

  /** The sizes, for people. */
  public String sizes() {
    return String.format("%dx%d by %dx%d", rows, inner, inner, columns);
  }
}
