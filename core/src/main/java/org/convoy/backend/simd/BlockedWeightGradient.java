package org.convoy.backend.simd;

import java.util.Arrays;
import jdk.incubator.vector.FloatVector;
import org.convoy.backend.Correlation;
import org.convoy.backend.Workspace;
import org.convoy.tensor.Tensor;

/**
 * {@link WeightGradient} where there are so many weights that their gradient takes the time: it
 * leaves the second-level cache. So as many positions as possible are taken at once, and a block of
 * filters stays in that cache while the channels pass, two vectors of them with all their taps at a
 * time. For each tap the images' vectors are packed, so that the tiles read both factors in order.
 */
final class BlockedWeightGradient {
  /** With fewer weights, to read and write their gradient takes less time than to pack. */
  private static final int MANY = 1 << 20;

  /** Positions taken at once. */
  private static final int POSITIONS = 1024;

  /** Floats of a block of filters at these positions. */
  private static final int BLOCK = 136 << 10;

  private static final int PANEL = Vectors.PANEL;

  private final Correlation plan;
  private final ChannelsLast layout;
  private final int examples;
  private final float[] images;
  private final int[] places;
  private final int together;
  private final PackedGradient gradients;
  private final Transposition transposition;
  private final Operand panel;
  private final int taps;

  /** Filters of a block; the last tile may have more. */
  private final int rowsTogether;

  private final float[] sums;
  private final int pitch;

  BlockedWeightGradient(Correlation plan, Workspace workspace) {
    this.plan = plan;
    this.layout = new ChannelsLast(plan.window(), workspace);
    this.examples = Math.max(1, Math.min(plan.batch(), POSITIONS / plan.positions()));
    int size = examples * layout.size();
    this.images = workspace.floats(Slots.IMAGES, size);
    Arrays.fill(images, 0, size, 0);
    int count = examples * plan.positions();
    this.places = workspace.ints(Slots.POSITIONS, count);
    layout.positions(examples, places);
    this.together = Math.min(POSITIONS, count);
    this.gradients = new PackedGradient(plan, together, workspace);
    this.transposition = new Transposition(workspace);
    this.panel =
        new Operand(
            workspace.floats(Slots.PANELS, Vectors.ALIGNED + together * PANEL),
            Steps.multiplesOf(PANEL, together));
    this.taps = plan.window().taps();
    this.pitch = taps * PANEL;
    this.rowsTogether = Math.min(plan.rows(), BLOCK / together);
    this.sums = workspace.floats(Slots.BLOCK, (rowsTogether + Vectors.ROWS) * pitch);
  }

  /** Whether there are many weights, and the channels are whole panels. */
  static boolean pays(Correlation plan) {
    return plan.channels() % PANEL == 0 && (long) plan.rows() * plan.terms() > MANY;
  }

  void run(Tensor input, Tensor outputGradient, Tensor weightGradient) {
    for (int group = 0; group < plan.groups(); group++) {
      int weights = weightGradient.offset() + group * plan.rows() * plan.terms();
      for (int n = 0; n < plan.batch(); n += examples) {
        int count = Math.min(examples, plan.batch() - n);
        for (int i = 0; i < count; i++) {
          layout.copy(input.data(), plan.source(input, n + i, group), images, i * layout.size());
        }
        int end = count * plan.positions();
        for (int from = 0; from < end; from += together) {
          int to = Math.min(end, from + together);
          gradients.pack(outputGradient, n, group, from, to);
          addTerms(from, to, weightGradient.data(), weights);
        }
      }
    }
  }

  private void addTerms(int from, int to, float[] weights, int offset) {
    int first = 0;
    while (first < plan.rows()) {
      int end = first;
      while (end < plan.rows() && end - first < rowsTogether) {
        end += gradients.tile(end);
      }
      int rows = Math.min(end, plan.rows()) - first;
      for (int channel = 0; channel < plan.channels(); channel += PANEL) {
        int weight = offset + first * plan.terms() + channel * taps;
        takeSums(weights, weight, rows);
        for (int tap = 0; tap < taps; tap++) {
          packPanel(from, to, layout.tapOffset(tap) + channel);
          addTiles(to - from, first, end, tap);
        }
        giveSums(weights, weight, rows);
      }
      first = end;
    }
  }

  private void packPanel(int from, int to, int offset) {
    float[] target = panel.data;
    int place = Vectors.ALIGNED;
    for (int p = from; p < to; p++) {
      int start = places[p] + offset;
      FloatVector.fromArray(Vectors.SPECIES, images, start).intoArray(target, place);
      FloatVector.fromArray(Vectors.SPECIES, images, start + Vectors.LENGTH)
          .intoArray(target, place + Vectors.LENGTH);
      place += PANEL;
    }
  }

  private void addTiles(int terms, int first, int end, int tap) {
    for (int row = first; row < end; row += gradients.tile(row)) {
      Tiles.multiply(
          gradients.tile(row),
          PANEL,
          0,
          terms,
          gradients.data(),
          row * terms,
          panel,
          Vectors.ALIGNED,
          Vectors.LENGTH,
          sums,
          (row - first) * pitch + tap * PANEL,
          pitch,
          false);
    }
  }

  /** Of each filter the weights of a panel's channels, tap by tap. */
  private void takeSums(float[] weights, int offset, int rows) {
    for (int f = 0; f < rows; f++) {
      int weight = offset + f * plan.terms();
      transposition.copy(weights, weight, taps, PANEL, taps, sums, f * pitch, PANEL);
    }
  }

  private void giveSums(float[] weights, int offset, int rows) {
    for (int f = 0; f < rows; f++) {
      int weight = offset + f * plan.terms();
      transposition.copy(sums, f * pitch, PANEL, taps, PANEL, weights, weight, taps);
    }
  }
}
