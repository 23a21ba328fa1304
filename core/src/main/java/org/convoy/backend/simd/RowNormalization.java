package org.convoy.backend.simd;

import java.util.Arrays;
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
 *
 * <p>A piece's sums reach {@link LaneSums} through an array: a method that takes vectors puts them
 * on the heap whenever the compiler does not inline it.
 */
final class RowNormalization extends NormalizationPasses {
  private static final VectorSpecies<Float> SPECIES = Vectors.SPECIES;
  private static final VectorSpecies<Integer> INTS =
      VectorSpecies.of(int.class, SPECIES.vectorShape());
  private static final int LENGTH = Vectors.LENGTH;
  private static final int LANES = LaneSums.LANES;

  /** Where the whole sixteens of a row end. */
  private final int whole;

  /** The bits to keep of a piece's sixteens: all of whole ones. */
  private final int[] all = new int[LANES];

  /** The bits to keep of the last sixteen: those of the positions behind the whole ones. */
  private final int[] rest = new int[LANES];

  private final float[] room = new float[LANES];
  private final float[] otherRoom = new float[LANES];

  /** The sums of a piece, and of its products. */
  private final float[] lanes = new float[LANES];

  private final float[] others = new float[LANES];

  RowNormalization(Normalization options, Tensor input) {
    super(options, input);
    this.whole = positions / LANES * LANES;
    Arrays.fill(all, -1);
    Arrays.fill(rest, 0, positions - whole, -1);
  }

  @Override
  protected void addDeviations(
      float[] x, int from, float shift, LaneSums deviations, LaneSums squares) {
    for (int row = 0; row < rows; row++) {
      int start = from + row * step;
      for (int i = 0; i < whole; i += PIECE) {
        addPiece(x, start + i, Math.min(PIECE, whole - i), all, shift, deviations, squares);
      }
      if (whole < positions) {
        boolean inside = start + whole + LANES <= x.length;
        float[] data = inside ? x : copy(x, start + whole, room);
        int at = inside ? start + whole : 0;
        addPiece(data, at, LANES, rest, shift, deviations, squares);
      }
    }
  }

  private void addPiece(
      float[] x,
      int from,
      int count,
      int[] kept,
      float shift,
      LaneSums deviations,
      LaneSums squares) {
    FloatVector shifts = FloatVector.broadcast(SPECIES, shift);
    for (int lane = 0; lane < LANES; lane += LENGTH) {
      IntVector mask = IntVector.fromArray(INTS, kept, lane);
      FloatVector first = FloatVector.zero(SPECIES);
      FloatVector second = FloatVector.zero(SPECIES);
      for (int i = lane; i < count; i += LANES) {
        FloatVector all = FloatVector.fromArray(SPECIES, x, from + i).sub(shifts);
        FloatVector d = all.reinterpretAsInts().and(mask).reinterpretAsFloats();
        first = d.add(first);
        second = d.fma(d, second);
      }
      Vectors.exact(first).intoArray(lanes, lane);
      Vectors.exact(second).intoArray(others, lane);
    }
    add(lanes, deviations);
    add(others, squares);
  }

  /** {@link LaneSums#add}, a vector of lanes at a time. */
  private static void add(float[] terms, LaneSums total) {
    float[] sums = total.sums();
    float[] errors = total.errors();
    for (int lane = 0; lane < LANES; lane += LENGTH) {
      FloatVector before = FloatVector.fromArray(SPECIES, sums, lane);
      FloatVector term = FloatVector.fromArray(SPECIES, terms, lane);
      FloatVector sum = before.add(term);
      FloatVector added = sum.sub(before);
      sum.intoArray(sums, lane);
      FloatVector.fromArray(SPECIES, errors, lane)
          .add(before.sub(sum.sub(added)).add(term.sub(added)))
          .intoArray(errors, lane);
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
        addPiece(g, startG + i, x, startX + i, count, all, gradients, products);
      }
      if (whole < positions) {
        startG += whole;
        startX += whole;
        boolean inside = startG + LANES <= g.length && startX + LANES <= x.length;
        float[] dataG = inside ? g : copy(g, startG, room);
        float[] dataX = inside ? x : copy(x, startX, otherRoom);
        startG = inside ? startG : 0;
        startX = inside ? startX : 0;
        addPiece(dataG, startG, dataX, startX, LANES, rest, gradients, products);
      }
    }
  }

  private void addPiece(
      float[] g,
      int at,
      float[] x,
      int from,
      int count,
      int[] kept,
      LaneSums gradients,
      LaneSums products) {
    FloatVector means = FloatVector.broadcast(SPECIES, mean);
    FloatVector factors = FloatVector.broadcast(SPECIES, factor);
    FloatVector biases = FloatVector.broadcast(SPECIES, bias);
    FloatVector limits = FloatVector.broadcast(SPECIES, limit);
    for (int lane = 0; lane < LANES; lane += LENGTH) {
      IntVector mask = IntVector.fromArray(INTS, kept, lane);
      FloatVector first = FloatVector.zero(SPECIES);
      FloatVector second = FloatVector.zero(SPECIES);
      for (int i = lane; i < count; i += LANES) {
        FloatVector own = FloatVector.fromArray(SPECIES, g, at + i);
        FloatVector d = FloatVector.fromArray(SPECIES, x, from + i).sub(means);
        own = own.blend(0, d.fma(factors, biases).compare(VectorOperators.LE, limits));
        own = own.reinterpretAsInts().and(mask).reinterpretAsFloats();
        d = d.reinterpretAsInts().and(mask).reinterpretAsFloats();
        first = own.add(first);
        second = own.fma(d, second);
      }
      Vectors.exact(first).intoArray(lanes, lane);
      Vectors.exact(second).intoArray(others, lane);
    }
    add(lanes, gradients);
    add(others, products);
  }

  /** What lies behind the whole sixteens of a row at the end of an array. */
  private float[] copy(float[] values, int from, float[] target) {
    System.arraycopy(values, from, target, 0, positions - whole);
    return target;
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
