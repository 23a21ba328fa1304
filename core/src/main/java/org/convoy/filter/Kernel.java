package org.convoy.filter;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.convoy.description.Described;
import org.convoy.tensor.Shape;
import org.convoy.tensor.Tensor;

/**
 * Weights made by hand, to be passed over pictures or used as those of a convolution. In
 * descriptions a kernel is a name ({@code sobel-x}), a formula with options ({@code {type:
 * gaussian, sigma: 2}}, see {@link Kernels}), or its own numbers, row by row ({@code [[1, 0, -1],
 * [1, 0, -1], [1, 0, -1]]}). Height and width are odd, so that there is a middle.
 *
 * <p>The numbers are those of a cross-correlation, which lays them on the picture as they are
 * written; a true convolution turns them by 180 degrees first, see {@link #flipped}.
 */
public final class Kernel implements Described, Serializable {
  /** Largest height or width; larger ones blur with other means. */
  public static final int LARGEST_SIZE = 255;

  private static final long serialVersionUID = 1L;
  private static final double SUM_TOLERANCE = 1e-4;

  private final Serializable described;
  private final int height;
  private final int width;
  private final float[] weights;

  private Kernel(Serializable described, int height, int width, float[] weights) {
    this.described = described;
    this.height = height;
    this.width = width;
    this.weights = weights;
  }

  /**
   * A kernel of the given numbers.
   *
   * @param rows at least one, of one length; both counts are odd and at most {@link #LARGEST_SIZE}
   * @throws IllegalArgumentException if a count is even or too large, the rows differ in length, or
   *     a number is not finite
   */
  public static Kernel of(float[]... rows) {
    return make(null, rows);
  }

  /**
   * Reads any of the forms above.
   *
   * @throws IllegalArgumentException if there is no such kernel or option; the message names the
   *     nearest
   */
  public static Kernel parse(Object described) {
    if (described instanceof List<?> rows) {
      float[][] values = new float[rows.size()][];
      for (int i = 0; i < values.length; i++) {
        values[i] = row(rows.get(i));
      }
      return of(values);
    }
    return Kernels.read(described);
  }

  /** One that describes itself by name instead of by numbers. */
  static Kernel named(Serializable described, float[]... rows) {
    return make(described, rows);
  }

  private static Kernel make(Serializable described, float[]... rows) {
    checkSize("height", rows.length);
    int width = rows[0].length;
    checkSize("width", width);
    float[] weights = new float[rows.length * width];
    for (int i = 0; i < rows.length; i++) {
      if (rows[i].length != width) {
        throw new IllegalArgumentException(
            String.format(
                "a kernel's rows are of one length, but row 0 has %d numbers and row %d has %d",
                width, i, rows[i].length));
      }
      System.arraycopy(rows[i], 0, weights, i * width, width);
    }
    for (float weight : weights) {
      if (!Float.isFinite(weight)) {
        throw new IllegalArgumentException("a kernel's numbers are finite, got " + weight);
      }
    }
    return new Kernel(described, rows.length, width, weights);
  }

  static void checkSize(String what, int size) {
    if (size < 1 || size % 2 == 0 || size > LARGEST_SIZE) {
      throw new IllegalArgumentException(
          String.format(
              "a kernel's %s must be odd and in 1..%d, got %d", what, LARGEST_SIZE, size));
    }
  }

  private static float[] row(Object described) {
    if (!(described instanceof List<?> numbers)) {
      throw new IllegalArgumentException(
          "expected a kernel's rows, as in [[1, 0, -1]], got " + described);
    }
    float[] row = new float[numbers.size()];
    for (int i = 0; i < row.length; i++) {
      if (!(numbers.get(i) instanceof Number number)) {
        throw new IllegalArgumentException(
            "expected the numbers of a kernel's row, got " + described);
      }
      row[i] = number.floatValue();
    }
    return row;
  }

  /** Number of rows. */
  public int height() {
    return height;
  }

  /** Number of columns. */
  public int width() {
    return width;
  }

  /** One weight. */
  public float get(int row, int column) {
    return weights[row * width + column];
  }

  /** A copy of the weights, row by row. */
  public float[] toArray() {
    return weights.clone();
  }

  /** A copy of the weights of shape height x width. */
  public Tensor toTensor() {
    return Tensor.of(Shape.of(height, width), toArray());
  }

  /** Turned by 180 degrees: cross-correlation with this is convolution with the original. */
  public Kernel flipped() {
    float[][] rows = new float[height][width];
    for (int i = 0; i < height; i++) {
      for (int j = 0; j < width; j++) {
        rows[i][j] = get(height - 1 - i, width - 1 - j);
      }
    }
    return of(rows);
  }

  /** What the weights add up to: a picture of one value v becomes one of v times this. */
  public double sum() {
    double sum = 0;
    for (float weight : weights) {
      sum += weight;
    }
    return sum;
  }

  /** Whether pictures keep their brightness: the weights add up to one, within rounding. */
  public boolean keepsBrightness() {
    return Math.abs(sum() - 1) <= SUM_TOLERANCE;
  }

  @Override
  public Object describe() {
    return described == null ? rows() : described;
  }

  private List<List<Object>> rows() {
    List<List<Object>> rows = new ArrayList<>();
    for (int i = 0; i < height; i++) {
      List<Object> row = new ArrayList<>();
      for (int j = 0; j < width; j++) {
        row.add((double) get(i, j));
      }
      rows.add(row);
    }
    return rows;
  }

  /** The options of a formula, in a map that travels. */
  static Serializable description(Map<String, Object> options) {
    return new LinkedHashMap<>(options);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Kernel that
        && height == that.height
        && Arrays.equals(weights, that.weights)
        && describe().equals(that.describe());
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(weights);
  }

  /** The name, or name and options, or the numbers. */
  @Override
  public String toString() {
    return String.valueOf(describe());
  }
}
