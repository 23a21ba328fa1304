package org.convoy.backend.simd;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;
import org.convoy.backend.LaneSums;
import org.convoy.backend.Normalization;
import org.convoy.backend.NormalizationPasses;
import org.convoy.tensor.Tensor;

/**
 * A normalization a vector at a time. Every piece of a sum has accumulators of its own, so that a
 * piece need not wait for the additions of the one before.
 */
final class RowNormalization extends NormalizationPasses {
  private static final VectorSpecies<Float> SPECIES = Vectors.SPECIES;
  private static final VectorSpecies<Integer> INTS =
      VectorSpecies.of(int.class, SPECIES.vectorShape());
  private static final int LENGTH = Vectors.LENGTH;
  private static final int LANES = LaneSums.LANES;

  /** Where the whole sixteens of a row end. */
  private final int whole;

  /** All bits for each of the positions behind them, then none. */
  private final int[] rest = new int[LANES];

  private final float[] room = new float[LANES];
  private final float[] otherRoom = new float[LANES];

  RowNormalization(Normalization options, Tensor input) {
    super(options, input);
    this.whole = positions / LANES * LANES;
    for (int i = 0; i < positions - whole; i++) {
      rest[i] = -1;
    }
  }

  @Override
  protected void addDeviations(
      float[] x, int from, float shift, LaneSums deviations, LaneSums squares) {
    for (int row = 0; row < rows; row++) {
      int start = from + row * step;
      for (int i = 0; i < whole; i += PIECE) {
        addPiece(x, start + i, Math.min(PIECE, whole - i), shift, deviations, squares);
      }
      if (whole < positions) {
        addRest(x, start + whole, shift, deviations, squares);
      }
    }
  }

  private static void addPiece(
      float[] x, int from, int count, float shift, LaneSums deviations, LaneSums squares) {
    FloatVector shifts = FloatVector.broadcast(SPECIES, shift);
    for (int lane = 0; lane < LANES; lane += LENGTH) {
      FloatVector sum = FloatVector.zero(SPECIES);
      FloatVector square = FloatVector.zero(SPECIES);
      for (int i = lane; i < count; i += LANES) {
        FloatVector d = FloatVector.fromArray(SPECIES, x, from + i).sub(shifts);
        sum = sum.add(d);
        square = d.fma(d, square);
      }
      add(sum, deviations, lane);
      add(square, squares, lane);
    }
  }

  private void addRest(float[] x, int from, float shift, LaneSums deviations, LaneSums squares) {
    boolean inside = from + LANES <= x.length;
    float[] data = inside ? x : copy(x, from, room);
    int start = inside ? from : 0;
    for (int lane = 0; lane < LANES; lane += LENGTH) {
      FloatVector d = masked(FloatVector.fromArray(SPECIES, data, start + lane).sub(shift), lane);
      add(d, deviations, lane);
      add(d.mul(d), squares, lane);
    }
  }

  @Override
  protected void addGradients(
      float[] g, int at, float[] x, int from, int rowCount, LaneSums gradients, LaneSums products) {
    for (int row = 0; row < rowCount; row++) {
      int startG = at + row * step;
      int startX = from + row * step;
      for (int i = 0; i < whole; i += PIECE) {
        int count = Math.min(PIECE, whole - i);
        addPiece(g, startG + i, x, startX + i, count, gradients, products);
      }
      if (whole < positions) {
        addRest(g, startG + whole, x, startX + whole, gradients, products);
      }
    }
  }

  private void addPiece(
      float[] g, int at, float[] x, int from, int count, LaneSums gradients, LaneSums products) {
    FloatVector means = FloatVector.broadcast(SPECIES, mean);
    FloatVector factors = FloatVector.broadcast(SPECIES, factor);
    FloatVector biases = FloatVector.broadcast(SPECIES, bias);
    FloatVector limits = FloatVector.broadcast(SPECIES, limit);
    for (int lane = 0; lane < LANES; lane += LENGTH) {
      FloatVector sum = FloatVector.zero(SPECIES);
      FloatVector product = FloatVector.zero(SPECIES);
      for (int i = lane; i < count; i += LANES) {
        FloatVector d = FloatVector.fromArray(SPECIES, x, from + i).sub(means);
        FloatVector own =
            FloatVector.fromArray(SPECIES, g, at + i)
                .blend(0, d.fma(factors, biases).compare(VectorOperators.LE, limits));
        sum = sum.add(own);
        product = own.fma(d, product);
      }
      add(sum, gradients, lane);
      add(product, products, lane);
    }
  }

  private void addRest(
      float[] g, int at, float[] x, int from, LaneSums gradients, LaneSums products) {
    boolean inside = Math.max(at - g.length, from - x.length) + LANES <= 0;
    float[] dataG = inside ? g : copy(g, at, room);
    float[] dataX = inside ? x : copy(x, from, otherRoom);
    int startG = inside ? at : 0;
    int startX = inside ? from : 0;
    for (int lane = 0; lane < LANES; lane += LENGTH) {
      FloatVector d = FloatVector.fromArray(SPECIES, dataX, startX + lane).sub(mean);
      FloatVector y =
          d.fma(FloatVector.broadcast(SPECIES, factor), FloatVector.broadcast(SPECIES, bias));
      FloatVector own =
          FloatVector.fromArray(SPECIES, dataG, startG + lane)
              .blend(0, y.compare(VectorOperators.LE, limit));
      own = masked(own, lane);
      add(own, gradients, lane);
      add(own.mul(masked(d, lane)), products, lane);
    }
  }

  /** What lies behind the whole sixteens of a row at the end of an array. */
  private float[] copy(float[] values, int from, float[] target) {
    System.arraycopy(values, from, target, 0, positions - whole);
    return target;
  }

  /** Zeros instead of what lies behind the row. */
  private FloatVector masked(FloatVector values, int lane) {
    IntVector mask = IntVector.fromArray(INTS, rest, lane);
    return values.reinterpretAsInts().and(mask).reinterpretAsFloats();
  }

  /** As {@link LaneSums#add}. */
  private static void add(FloatVector terms, LaneSums to, int lane) {
    FloatVector before = FloatVector.fromArray(SPECIES, to.sums(), lane);
    FloatVector errors = FloatVector.fromArray(SPECIES, to.errors(), lane);
    FloatVector sum = before.add(terms);
    FloatVector added = sum.sub(before);
    FloatVector lost = before.sub(sum.sub(added)).add(terms.sub(added));
    sum.intoArray(to.sums(), lane);
    errors.add(lost).intoArray(to.errors(), lane);
  }

  @Override
  protected void normalize(float[] x, int from, float[] y, int to) {
    for (int row = 0; row < rows; row++) {
      normalizeRow(x, from + row * step, y, to + row * step);
    }
  }

  private void normalizeRow(float[] x, int from, float[] y, int to) {
    int bound = SPECIES.loopBound(positions);
    FloatVector means = FloatVector.broadcast(SPECIES, mean);
    FloatVector factors = FloatVector.broadcast(SPECIES, factor);
    FloatVector biases = FloatVector.broadcast(SPECIES, bias);
    FloatVector limits = FloatVector.broadcast(SPECIES, limit);
    for (int i = 0; i < bound; i += LENGTH) {
      FloatVector d = FloatVector.fromArray(SPECIES, x, from + i).sub(means);
      FloatVector result = d.fma(factors, biases);
      result.blend(0, result.compare(VectorOperators.LE, limits)).intoArray(y, to + i);
    }
    for (int i = bound; i < positions; i++) {
      float result = Math.fma(x[from + i] - mean, factor, bias);
      y[to + i] = result <= limit ? 0 : result;
    }
  }

  @Override
  protected void combine(
      float[] g, int at, float[] x, int from, float[] gx, int to, float slope, float constant) {
    for (int row = 0; row < rows; row++) {
      int shift = row * step;
      combineRow(g, at + shift, x, from + shift, gx, to + shift, slope, constant);
    }
  }

  private void combineRow(
      float[] g, int at, float[] x, int from, float[] gx, int to, float slope, float constant) {
    int bound = SPECIES.loopBound(positions);
    FloatVector means = FloatVector.broadcast(SPECIES, mean);
    FloatVector factors = FloatVector.broadcast(SPECIES, factor);
    FloatVector biases = FloatVector.broadcast(SPECIES, bias);
    FloatVector limits = FloatVector.broadcast(SPECIES, limit);
    FloatVector slopes = FloatVector.broadcast(SPECIES, slope);
    FloatVector constants = FloatVector.broadcast(SPECIES, constant);
    for (int i = 0; i < bound; i += LENGTH) {
      FloatVector d = FloatVector.fromArray(SPECIES, x, from + i).sub(means);
      FloatVector own =
          FloatVector.fromArray(SPECIES, g, at + i)
              .blend(0, d.fma(factors, biases).compare(VectorOperators.LE, limits));
      d.fma(slopes, own.fma(factors, constants)).intoArray(gx, to + i);
    }
    for (int i = bound; i < positions; i++) {
      float d = x[from + i] - mean;
      float own = Math.fma(d, factor, bias) <= limit ? 0 : g[at + i];
      gx[to + i] = Math.fma(d, slope, Math.fma(own, factor, constant));
    }
  }
}
