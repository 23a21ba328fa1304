package org.convoy.backend.simd;

import java.util.Arrays;
import jdk.incubator.vector.FloatVector;
import org.convoy.backend.Matrix;
import org.convoy.backend.Workspace;
import org.convoy.tensor.Tensor;

/**
 * Gradient of a convolution with respect to its input. A panel of output positions gives, per tap,
 * the sum over the filters, which is then added to the padded image, shifted by the tap.
 *
 * <p>Panels are taken from the last to the first: an element meets a later tap at an earlier
 * position, so that it takes its taps in ascending order all the same. The output's gradient is
 * laid out with zeros between its rows; they add zero to an element, which changes no bit, as a sum
 * that began with +0 is never -0. (With weights that are not finite this does not hold, and {@link
 * SimdBackend} leaves the work to the plain loops.)
 */
final class ShiftedInputGradient {
  private final ConvolutionPlan plan;
  private final PaddedLayout layout;
  private final Workspace workspace;
  private final int size;
  private final float[] image;
  private final int[] taps;
  private final int width;
  private final float[] gradient;
  private final Operand gradientOperand;
  private final float[] sums;

  ShiftedInputGradient(ConvolutionPlan plan, PaddedLayout layout, Workspace workspace) {
    this.plan = plan;
    this.layout = layout;
    this.workspace = workspace;
    this.size = plan.channels * layout.channelSize() + layout.slack();
    this.image = workspace.floats(Slots.IMAGES, size);
    this.taps = workspace.ints(Slots.TAPS, plan.window.taps());
    layout.tapOffsets(1, taps);
    this.width = pitch(layout.wideLength());
    this.gradient = workspace.floats(Slots.PANELS, plan.filters * width + Vectors.PANEL);
    Arrays.fill(gradient, 0, plan.filters * width + Vectors.PANEL, 0);
    int[] steps = workspace.ints(Slots.POSITIONS, plan.filters);
    for (int f = 0; f < plan.filters; f++) {
      steps[f] = f * width;
    }
    this.gradientOperand = new Operand(gradient, steps);
    this.sums = workspace.floats(Slots.BLOCK, Tiles.paddedRows(plan.terms) * Vectors.PANEL);
  }

  /** Rows an odd number of vectors apart do not all fall into the same sets of a cache. */
  private static int pitch(int length) {
    int vectors = Vectors.roundUp(length) / Vectors.LENGTH;
    return (vectors | 1) * Vectors.LENGTH;
  }

  void run(Tensor outputGradient, Tensor weight, Tensor inputGradient) {
    for (int group = 0; group < plan.groups; group++) {
      Matrix transposed = plan.weights(weight, group).transposed();
      PackedRows rows =
          PackedRows.pack(
              transposed, workspace.floats(Slots.ROWS, PackedRows.size(plan.terms, plan.filters)));
      for (int n = 0; n < plan.batch; n++) {
        spread(outputGradient.data(), plan.output(outputGradient, n, group));
        Arrays.fill(image, 0, size, 0);
        int last = (layout.wideLength() - 1) / Vectors.PANEL * Vectors.PANEL;
        for (int q = last; q >= 0; q -= Vectors.PANEL) {
          addPanel(rows, q);
        }
        int to = plan.input(inputGradient, n, group);
        layout.gather(image, 0, plan.channels, inputGradient.data(), to);
      }
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

  private void addPanel(PackedRows rows, int q) {
    int columns = Math.min(Vectors.PANEL, Vectors.roundUp(layout.wideLength() - q));
    Arrays.fill(sums, 0, Tiles.paddedRows(plan.terms) * Vectors.PANEL, 0);
    for (int from = 0; from < plan.filters; from += Vectors.TERMS) {
      int to = Math.min(plan.filters, from + Vectors.TERMS);
      rows.multiply(columns, from, to, gradientOperand, q, sums, 0, Vectors.PANEL);
    }
    // Channels inside: taps of one channel write to places that overlap, and a vector that is
    // loaded from two stores waits for both.
    int count = plan.window.taps();
    for (int tap = 0; tap < count; tap++) {
      for (int c = 0; c < plan.channels; c++) {
        add((c * count + tap) * Vectors.PANEL, q + c * layout.channelSize() + taps[tap], columns);
      }
    }
  }

  private void add(int from, int to, int columns) {
    for (int x = 0; x < columns; x += Vectors.LENGTH) {
      FloatVector sum = FloatVector.fromArray(Vectors.SPECIES, sums, from + x);
      FloatVector.fromArray(Vectors.SPECIES, image, to + x).add(sum).intoArray(image, to + x);
    }
  }
}
