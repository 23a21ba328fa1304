package org.convoy.backend.simd;

import java.util.Arrays;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;
import org.convoy.backend.Workspace;
import org.convoy.tensor.Tensor;

/**
 * Gradient of a convolution with respect to its input, with output positions as lanes. A panel of
 * positions gives, per tap, the sum over the filters, which is then added to the padded image,
 * shifted by the tap. Best for few channels.
 *
 * <p>Panels are taken from the last to the first: an element meets a later tap at an earlier
 * position, so that it takes its taps in ascending order all the same. The output's gradient is
 * laid out with zeros between its rows; they add zero to an element, which changes no bit, as a sum
 * that began with +0 is never -0. With weights that are not finite this does not hold; see {@link
 * #accepts}.
 */
final class PositionLanes {
  private final ConvolutionPlan plan;
  private final PaddedLayout layout;
  private final int size;
  private final float[] image;
  private final int width;
  private final float[] gradient;
  private final Operand gradientOperand;

  /** Rows are taps, and within a tap the channels: neighbouring rows do not write to one place. */
  private final int runs;

  private final int runLength;
  private final float[] rows;
  private final TileOperands operands;
  private final int[] columns;
  private final int[] places;

  PositionLanes(ConvolutionPlan plan, PaddedLayout layout, Workspace workspace) {
    this.plan = plan;
    this.layout = layout;
    this.width = pitch(layout.wideLength());
    this.size = plan.channels * layout.channelSize() + layout.slack() + width;
    this.image = workspace.floats(Slots.IMAGES, size);
    this.gradient = workspace.floats(Slots.PANELS, plan.filters * width + Vectors.PANEL);
    Arrays.fill(gradient, 0, plan.filters * width + Vectors.PANEL, 0);
    int[] steps = workspace.ints(Slots.POSITIONS, plan.filters);
    for (int f = 0; f < plan.filters; f++) {
      steps[f] = f * width;
    }
    this.gradientOperand = new Operand(gradient, steps);
    boolean tapByTap = 8 * Tiles.paddedRows(plan.channels) <= 9 * plan.channels;
    this.runs = tapByTap ? plan.window.taps() : 1;
    this.runLength = plan.terms / runs;
    int padded = runs * Tiles.paddedRows(runLength);
    this.rows = workspace.floats(Slots.ROWS, padded * plan.filters);
    this.operands = new TileOperands(rows, plan.filters);
    this.columns = workspace.ints(Slots.LANES, padded);
    this.places = workspace.ints(Slots.SOURCES, padded);
    findRows(workspace.ints(Slots.TAPS, plan.window.taps()));
  }

  /** Lanes computed for each output position. */
  static double waste(ConvolutionPlan plan, PaddedLayout layout) {
    return (double) Vectors.roundUp(layout.wideLength()) / plan.positions;
  }

  /** Whether all weights are finite. */
  static boolean accepts(Tensor weight) {
    FloatVector sum = FloatVector.zero(Vectors.SPECIES);
    int i = 0;
    for (; i + Vectors.LENGTH <= weight.size(); i += Vectors.LENGTH) {
      sum =
          FloatVector.fromArray(Vectors.SPECIES, weight.data(), weight.offset() + i)
              .mul(0)
              .add(sum);
    }
    float rest = sum.reduceLanes(VectorOperators.ADD);
    for (; i < weight.size(); i++) {
      rest += 0 * weight.data()[weight.offset() + i];
    }
    return rest == 0;
  }

  /** Rows an odd number of vectors apart do not all fall into the same sets of a cache. */
  private static int pitch(int length) {
    int vectors = Vectors.roundUp(length) / Vectors.LENGTH;
    return (vectors | 1) * Vectors.LENGTH;
  }

  /** Which column of the weights a row takes (-1 for none), and where in the image it adds. */
  private void findRows(int[] taps) {
    layout.tapOffsets(1, taps);
    int count = plan.window.taps();
    int padded = Tiles.paddedRows(runLength);
    for (int row = 0; row < runs * padded; row++) {
      int term = row / padded * runLength + row % padded;
      boolean used = row % padded < runLength;
      int channel = term % plan.channels;
      int tap = term / plan.channels;
      columns[row] = used ? channel * count + tap : -1;
      places[row] = used ? channel * layout.channelSize() + taps[tap] : size - width;
    }
  }

  void run(Tensor outputGradient, Tensor weight, Tensor inputGradient) {
    for (int group = 0; group < plan.groups; group++) {
      pack(weight.data(), weight.offset() + group * plan.filters * plan.terms);
      for (int n = 0; n < plan.batch; n++) {
        spread(outputGradient.data(), plan.output(outputGradient, n, group));
        Arrays.fill(image, 0, size, 0);
        int last = (layout.wideLength() - 1) / Vectors.PANEL * Vectors.PANEL;
        for (int q = last; q >= 0; q -= Vectors.PANEL) {
          addPanel(q);
        }
        int to = plan.input(inputGradient, n, group);
        layout.gather(image, 0, plan.channels, inputGradient.data(), to);
      }
    }
  }

  private void pack(float[] weights, int offset) {
    int padded = Tiles.paddedRows(runLength);
    int first = 0;
    while (first < runs * padded) {
      int tile = Tiles.rows(runLength - first % padded);
      int to = first * plan.filters;
      for (int r = 0; r < tile; r++) {
        int column = columns[first + r];
        for (int f = 0; f < plan.filters; f++) {
          rows[to + f * tile + r] = column < 0 ? 0 : weights[offset + f * plan.terms + column];
        }
      }
      first += tile;
    }
  }

  /** Lays the output's gradient out with the padded image's pitch. */
  private void spread(float[] source, int from) {
    int rowLength = plan.window.width().output();
    int next = from;
    for (int f = 0; f < plan.filters; f++) {
      for (int z = 0; z < plan.window.depth().output(); z++) {
        for (int y = 0; y < plan.window.height().output(); y++) {
          System.arraycopy(source, next, gradient, f * width + layout.position(z, y, 0), rowLength);
          next += rowLength;
        }
      }
    }
  }

  private void addPanel(int q) {
    int padded = Tiles.paddedRows(runLength);
    int first = 0;
    while (first < runs * padded) {
      int tile = Tiles.rows(runLength - first % padded);
      Tiles.addSums(
          tile,
          layout.wideLength() - q,
          plan.filters,
          operands.of(tile),
          first * plan.filters,
          gradientOperand,
          q,
          image,
          q,
          places,
          first);
      first += tile;
    }
  }
}
