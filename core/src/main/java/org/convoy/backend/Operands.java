package org.convoy.backend;

import org.convoy.tensor.Shape;
import org.convoy.tensor.ShapeException;
import org.convoy.tensor.Tensor;

/** Checks that operands fit each other and their geometry, before any loop runs. */
public final class Operands {
  private Operands() {}

  /**
   * @throws ShapeException unless c = a b has matching sizes
   */
  public static void checkProduct(Matrix a, Matrix b, Matrix c) {
    if (a.columns() != b.rows() || a.rows() != c.rows() || b.columns() != c.columns()) {
      throw new ShapeException(
          String.format(
              "multiply: expected an MxK matrix times a KxN matrix into an MxN matrix,"
                  + " got %dx%d times %dx%d into %dx%d",
              a.rows(), a.columns(), b.rows(), b.columns(), c.rows(), c.columns()));
    }
  }

  /**
   * @param input activations or their gradient on the input side
   * @param output activations or their gradient on the output side
   * @param bias null where there is none
   * @return the number of examples
   * @throws ShapeException unless all of them fit the geometry and have one batch size
   */
  public static int checkConvolution(
      Convolution geometry, Tensor input, Tensor weight, Tensor bias, Tensor output) {
    int batch = checkWindow("convolution", geometry.input(), geometry.output(), input, output);
    Shape expected = geometry.weight();
    if (weight.size() != expected.elementCount()) {
      throw new ShapeException(
          "convolution: expected weights of shape " + expected + ", got " + weight.shape());
    }
    if (bias != null && bias.size() != geometry.filters()) {
      throw new ShapeException(
          String.format(
              "convolution: expected one bias for each of %d filters, got shape %s",
              geometry.filters(), bias.shape()));
    }
    return batch;
  }

  /**
   * @return the number of examples
   * @throws ShapeException unless both fit the geometry and have one batch size
   */
  public static int checkPooling(Pooling geometry, Tensor input, Tensor output) {
    return checkWindow("pooling", geometry.input(), geometry.output(), input, output);
  }

  /**
   * @throws ShapeException unless both have the same number of elements
   */
  public static void checkSameSize(String operation, Tensor input, Tensor output) {
    if (input.size() != output.size()) {
      throw new ShapeException(
          String.format(
              "%s: expected input and output of one size, got %s and %s",
              operation, input.shape(), output.shape()));
    }
  }

  /**
   * @return the number of positions of a channel
   * @throws ShapeException unless the second axis of {@code values} has one entry in {@code sums}
   *     per channel
   */
  public static int checkChannelSums(Tensor values, Tensor sums) {
    Shape shape = values.shape();
    if (shape.rank() < 2 || shape.size(1) != sums.size()) {
      throw new ShapeException(
          String.format(
              "channel sums: expected values with %d channels on the second axis, got shape %s",
              sums.size(), shape));
    }
    return values.size() / (shape.size(0) * shape.size(1));
  }

  /**
   * @return the number of positions of a channel
   * @throws ShapeException unless {@code slopes} has one entry or one per channel of the values
   */
  public static int checkSlopes(Tensor slopes, Tensor values) {
    Shape shape = values.shape();
    if (shape.rank() < 2 || (slopes.size() != 1 && slopes.size() != shape.size(1))) {
      throw new ShapeException(
          String.format(
              "leaky relu: expected one slope or one for each channel (the second axis) of %s,"
                  + " got %d",
              shape, slopes.size()));
    }
    return values.size() / (shape.size(0) * shape.size(1));
  }

  /**
   * @return the number of positions of a channel
   * @throws ShapeException unless all have one number of elements and the first has channels
   */
  public static int checkChannels(String operation, Tensor values, Tensor... others) {
    for (Tensor other : others) {
      checkSameSize(operation, values, other);
    }
    Shape shape = values.shape();
    if (shape.rank() < 2) {
      throw new ShapeException(operation + ": expected N x channels x positions, got " + shape);
    }
    return values.size() / (shape.size(0) * shape.size(1));
  }

  /**
   * @return the number of positions of a channel
   * @throws ShapeException unless the values are N x that many channels x positions
   */
  static int checkNormalization(int channels, Tensor values) {
    Shape shape = values.shape();
    if (shape.rank() < 2 || shape.size(1) != channels) {
      throw new ShapeException(
          String.format(
              "normalization: expected values with %d channels on the second axis, got shape %s",
              channels, shape));
    }
    return values.size() / (shape.size(0) * channels);
  }

  private static int checkWindow(
      String operation, Shape inputExample, Shape outputExample, Tensor input, Tensor output) {
    int batch = input.size() / inputExample.elementCount();
    if ((long) batch * inputExample.elementCount() != input.size()
        || (long) batch * outputExample.elementCount() != output.size()) {
      throw new ShapeException(
          String.format(
              "%s: expected a batch of inputs %s and as many outputs %s, got %s and %s",
              operation, inputExample, outputExample, input.shape(), output.shape()));
    }
    return batch;
  }
}
