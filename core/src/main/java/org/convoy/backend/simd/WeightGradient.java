package org.convoy.backend.simd;

import java.util.Arrays;
import org.convoy.backend.Correlation;
import org.convoy.backend.Workspace;
import org.convoy.tensor.Tensor;

/**
 * Gradient of a convolution with respect to its weights. The terms are the output positions of a
 * few examples in order; rows are filters, lanes are the weights of a filter.
 *
 * <p>The input is laid out with its channels last, so that at any position the channels of a tap,
 * and perhaps the taps of a row of the kernel, follow each other: lanes are read straight from the
 * image, nothing is unrolled. The output's gradient is packed into tiles of filters. The weights'
 * gradient is kept in the same form meanwhile (filter, run, place in the run).
 */
final class WeightGradient {
  /** Terms taken at once: two vectors of each, and a tile's rows, fit the first-level cache. */
  private static final int TERMS = 192;

  private static final int MOST_POSITIONS = 512;

  private final Correlation plan;
  private final ChannelsLast layout;
  private final int examples;
  private final float[] images;
  private final Operand positions;
  private final PackedGradient gradients;
  private final int vectors;
  private final int[] offsets;
  private final int[] places;
  private final float[] sums;

  WeightGradient(Correlation plan, Workspace workspace) {
    this.plan = plan;
    this.layout = new ChannelsLast(plan.window(), workspace);
    this.examples = Math.max(1, Math.min(plan.batch(), MOST_POSITIONS / plan.positions()));
    int size = examples * layout.size() + Vectors.PANEL;
    this.images = workspace.floats(Slots.IMAGES, size);
    Arrays.fill(images, 0, size, 0);
    int count = examples * plan.positions();
    int[] table = workspace.ints(Slots.POSITIONS, count);
    layout.positions(examples, table);
    this.positions = new Operand(images, table);
    this.gradients = new PackedGradient(plan, Math.min(TERMS, count), workspace);
    int vectorsInRun = Vectors.roundUp(layout.runLength()) / Vectors.LENGTH;
    this.vectors = layout.runs() * vectorsInRun;
    this.offsets = workspace.ints(Slots.LANES, vectors);
    for (int v = 0; v < vectors; v++) {
      offsets[v] = layout.runOffset(v / vectorsInRun) + v % vectorsInRun * Vectors.LENGTH;
    }
    this.places = workspace.ints(Slots.TAPS, plan.terms());
    for (int i = 0; i < plan.terms(); i++) {
      int tap = i % plan.window().taps();
      int channel = i / plan.window().taps();
      places[i] = layout.run(tap) * vectorsInRun * Vectors.LENGTH + layout.placeInRun(tap, channel);
    }
    this.sums = workspace.floats(Slots.BLOCK, gradients.paddedRows() * vectors * Vectors.LENGTH);
  }

  void run(Tensor input, Tensor outputGradient, Tensor weightGradient) {
    for (int group = 0; group < plan.groups(); group++) {
      int size = plan.rows() * plan.terms();
      takeSums(weightGradient.data(), weightGradient.offset() + group * size);
      for (int n = 0; n < plan.batch(); n += examples) {
        int count = Math.min(examples, plan.batch() - n);
        for (int i = 0; i < count; i++) {
          layout.copy(input.data(), plan.source(input, n + i, group), images, i * layout.size());
        }
        int end = count * plan.positions();
        for (int from = 0; from < end; from += TERMS) {
          int to = Math.min(end, from + TERMS);
          gradients.pack(outputGradient, n, group, from, to);
          addTerms(from, to);
        }
      }
      giveSums(weightGradient.data(), weightGradient.offset() + group * size);
    }
  }

  private void addTerms(int from, int to) {
    int v = 0;
    while (v < vectors) {
      int width = vectors - v == 3 ? 3 : Math.min(2, vectors - v);
      for (int first = 0; first < plan.rows(); first += gradients.tile(first)) {
        int tile = gradients.tile(first);
        if (width < 3) {
          addTerms(from, to, first, tile, v, width);
        } else if (tile == TripleTile.ROWS) {
          addTermsOfThree(from, to, first, v);
        } else {
          addTerms(from, to, first, tile, v, 2);
          addTerms(from, to, first, tile, v + 2, 1);
        }
      }
      v += width;
    }
  }

  /** Adds to {@code tile} rows of one or two vectors of weights from {@code v} on. */
  private void addTerms(int from, int to, int first, int tile, int v, int width) {
    int stride = vectors * Vectors.LENGTH;
    int ai = first * (to - from) - from * tile;
    int second = width > 1 ? offsets[v + 1] - offsets[v] : 0;
    Tiles.multiply(
        tile,
        width * Vectors.LENGTH,
        from,
        to,
        gradients.data(),
        ai,
        positions,
        offsets[v],
        second,
        sums,
        first * stride + v * Vectors.LENGTH,
        stride,
        false);
  }

  private void addTermsOfThree(int from, int to, int first, int v) {
    int stride = vectors * Vectors.LENGTH;
    int even = to - (to - from) % 2;
    int ai = first * (to - from) - from * TripleTile.ROWS;
    int ci = first * stride + v * Vectors.LENGTH;
    TripleTile.eightRows(
        from,
        even,
        gradients.data(),
        ai,
        positions,
        offsets[v],
        offsets[v + 1] - offsets[v],
        offsets[v + 2] - offsets[v],
        sums,
        ci,
        stride);
    for (int i = 0; i < 3 && even < to; i++) {
      int term = ai + even * TripleTile.ROWS;
      int place = positions.steps[even] + offsets[v + i];
      Tiles.multiplyTerm(
          TripleTile.ROWS,
          gradients.data(),
          term,
          images,
          place,
          sums,
          ci + i * Vectors.LENGTH,
          stride,
          false);
    }
  }

  private void takeSums(float[] weights, int offset) {
    for (int f = 0; f < plan.rows(); f++) {
      int sum = f * vectors * Vectors.LENGTH;
      int weight = offset + f * plan.terms();
      for (int i = 0; i < plan.terms(); i++) {
        sums[sum + places[i]] = weights[weight + i];
      }
    }
  }

  private void giveSums(float[] weights, int offset) {
    for (int f = 0; f < plan.rows(); f++) {
      int sum = f * vectors * Vectors.LENGTH;
      int weight = offset + f * plan.terms();
      for (int i = 0; i < plan.terms(); i++) {
        weights[weight + i] = sums[sum + places[i]];
      }
    }
  }
}
