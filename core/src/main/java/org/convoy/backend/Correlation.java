package org.convoy.backend;

import java.util.ArrayList;
import java.util.List;
import org.convoy.tensor.Tensor;

/**
 * A window that passes over a batch of source channels and gives one target element per row of
 * weights and position of the window: the row's terms are the source's channels, and per channel
 * the taps. The forward pass of a convolution is one correlation. Its gradient with respect to the
 * input is one for each phase of the strides: with stride 2, even and odd elements meet different
 * taps, but within a phase every element meets the output's gradient through the same window, last
 * tap first.
 *
 * <p>Channels, rows and terms are those of one group.
 */
public final class Correlation {
  /** Filters copied together, so that neither they nor the rows pass through a cache too often. */
  private static final int FILTERS = 8;

  private final VolumeWindow window;
  private final int batch;
  private final int groups;
  private final int rows;
  private final Lattice target;
  private final int[] taps;
  private final int tapsOfFilter;

  /**
   * Where the window's positions lie in a target channel.
   *
   * @param depth along the outermost axis, {@code width} along the innermost
   */
  public record Lattice(Line depth, Line height, Line width) {

    /**
     * One axis: position i lies at element {@code start + i * step}.
     *
     * @param size elements of the axis
     */
    public record Line(int size, int start, int step) {}

    /** Elements of a channel. */
    public int size() {
      return depth.size * height.size * width.size;
    }

    /** Element of the first position of a row of positions. */
    public int row(int z, int y) {
      int plane = depth.start + z * depth.step;
      return (plane * height.size + height.start + y * height.step) * width.size + width.start;
    }
  }

  /** One phase of one axis: the elements it is made of, its window, and the taps they meet. */
  private record Phase(VolumeWindow.Span span, Lattice.Line line, List<Integer> taps) {}

  private Correlation(
      VolumeWindow window,
      int batch,
      int groups,
      int rows,
      Lattice target,
      int[] taps,
      int tapsOfFilter) {
    this.window = window;
    this.batch = batch;
    this.groups = groups;
    this.rows = rows;
    this.target = target;
    this.taps = taps;
    this.tapsOfFilter = tapsOfFilter;
  }

  /** From a convolution's input to its output. */
  public static Correlation forward(Convolution geometry, int batch) {
    VolumeWindow whole = VolumeWindow.of(geometry);
    int groups = geometry.groups();
    VolumeWindow window =
        new VolumeWindow(whole.channels() / groups, whole.depth(), whole.height(), whole.width());
    Lattice target = new Lattice(all(whole.depth()), all(whole.height()), all(whole.width()));
    return new Correlation(
        window, batch, groups, geometry.filters() / groups, target, null, window.taps());
  }

  private static Lattice.Line all(VolumeWindow.Span span) {
    return new Lattice.Line(span.output(), 0, 1);
  }

  /**
   * From the gradient of a convolution's output to that of its input, phase by phase; elements in
   * none of them meet no tap.
   */
  public static List<Correlation> backward(Convolution geometry, int batch) {
    VolumeWindow whole = VolumeWindow.of(geometry);
    int groups = geometry.groups();
    List<Correlation> correlations = new ArrayList<>();
    for (Phase z : phases(whole.depth())) {
      for (Phase y : phases(whole.height())) {
        for (Phase x : phases(whole.width())) {
          correlations.add(
              new Correlation(
                  new VolumeWindow(geometry.filters() / groups, z.span, y.span, x.span),
                  batch,
                  groups,
                  whole.channels() / groups,
                  new Lattice(z.line, y.line, x.line),
                  taps(whole, z, y, x),
                  whole.taps()));
        }
      }
    }
    return correlations;
  }

  private static List<Phase> phases(VolumeWindow.Span span) {
    List<Phase> phases = new ArrayList<>();
    for (int first = 0; first < Math.min(span.stride(), span.size()); first++) {
      List<Integer> met = tapsMet(span, first);
      if (!met.isEmpty()) {
        int spacing =
            met.size() < 2 ? 1 : (met.get(0) - met.get(1)) * span.dilation() / span.stride();
        int start = (first + span.padding() - met.get(0) * span.dilation()) / span.stride();
        int size = span.output();
        int kernel = met.size();
        int output = (span.size() - first + span.stride() - 1) / span.stride();
        phases.add(
            new Phase(
                new VolumeWindow.Span(size, kernel, 1, spacing, -start, 0, output),
                new Lattice.Line(span.size(), first, span.stride()),
                met));
      }
    }
    return phases;
  }

  /** The taps that meet element {@code first} and all that are a multiple of the stride away. */
  private static List<Integer> tapsMet(VolumeWindow.Span span, int first) {
    List<Integer> met = new ArrayList<>();
    for (int tap = span.kernel() - 1; tap >= 0; tap--) {
      if ((first + span.padding() - tap * span.dilation()) % span.stride() == 0) {
        met.add(tap);
      }
    }
    return met;
  }

  private static int[] taps(VolumeWindow whole, Phase z, Phase y, Phase x) {
    int[] taps = new int[z.taps.size() * y.taps.size() * x.taps.size()];
    int next = 0;
    for (int kz : z.taps) {
      for (int ky : y.taps) {
        for (int kx : x.taps) {
          taps[next++] = (kz * whole.height().kernel() + ky) * whole.width().kernel() + kx;
        }
      }
    }
    return taps;
  }

  /** Whether every target element lies in one of the phases. */
  public static boolean cover(List<Correlation> phases) {
    return !phases.isEmpty()
        && phases.stream().mapToInt(Correlation::positions).sum() == phases.get(0).target.size();
  }

  /** The window over the source's channels of a group. */
  public VolumeWindow window() {
    return window;
  }

  /** Number of examples. */
  public int batch() {
    return batch;
  }

  /** Number of groups. */
  public int groups() {
    return groups;
  }

  /** Source channels of a group. */
  public int channels() {
    return window.channels();
  }

  /** Target channels of a group. */
  public int rows() {
    return rows;
  }

  /** Weights of a row: taps times channels. */
  public int terms() {
    return window.channels() * window.taps();
  }

  /** Positions of the window, those of a target channel or of a phase of it. */
  public int positions() {
    return window.outputPositions();
  }

  /** Where the positions lie in a target channel. */
  public Lattice target() {
    return target;
  }

  /** Whether the positions are the whole target channel in order. */
  public boolean fillsTarget() {
    return positions() == target.size();
  }

  /** Index of the first source element of a group of an example. */
  public int source(Tensor tensor, int example, int group) {
    int size = window.channels() * window.inputPositions();
    return tensor.offset() + (example * groups + group) * size;
  }

  /** Index of the first target element of a group of an example. */
  public int target(Tensor tensor, int example, int group) {
    return tensor.offset() + (example * groups + group) * rows * target.size();
  }

  /** Rows x terms of a group, for a correlation whose weights lie in the tensor as they are. */
  public Matrix weights(Tensor weight, int group) {
    if (taps != null) {
      throw new IllegalStateException("the weights of a backward correlation must be copied");
    }
    int size = rows * terms();
    return Matrix.of(weight.data(), weight.offset() + group * size, rows, terms());
  }

  /**
   * Rows x terms of a group.
   *
   * @param workspace has room for a copy, if one must be made, in the slot
   */
  public Matrix weights(Tensor weight, int group, Workspace workspace, int slot) {
    if (taps == null) {
      return weights(weight, group);
    }
    int size = rows * terms();
    float[] copy = workspace.floats(slot, size);
    float[] from = weight.data();
    int first = weight.offset() + group * channels() * rows * tapsOfFilter;
    for (int f = 0; f < channels(); f += FILTERS) {
      int count = Math.min(FILTERS, channels() - f);
      for (int row = 0; row < rows; row++) {
        int to = row * terms() + f * taps.length;
        for (int i = 0; i < count; i++) {
          int filter = first + ((f + i) * rows + row) * tapsOfFilter;
          for (int tap : taps) {
            copy[to++] = from[filter + tap];
          }
        }
      }
    }
    return Matrix.of(copy, 0, rows, terms());
  }

  /** Whether {@link #weights(Tensor, int)} gives them, else they must be copied. */
  public boolean hasWeightsInOrder() {
    return taps == null;
  }

  /**
   * Copies the weights of some rows and channels of a group, term by term: target[to + term * step
   * + i] is that of row {@code first + i}. For a correlation whose weights do not lie in order.
   */
  public void copyTerms(
      Tensor weight,
      int group,
      int first,
      int count,
      int channel,
      int end,
      float[] target,
      int to,
      int step) {
    float[] from = weight.data();
    int start = weight.offset() + (group * channels() * rows + first) * tapsOfFilter;
    int next = to;
    for (int f = channel; f < end; f++) {
      for (int tap : taps) {
        int at = start + f * rows * tapsOfFilter + tap;
        for (int i = 0; i < count; i++) {
          target[next + i] = from[at + i * tapsOfFilter];
        }
        next += step;
      }
    }
  }

  /** The bias of a row, 0 without one. */
  public float bias(Tensor bias, int group, int row) {
    return bias == null ? 0 : bias.data()[bias.offset() + group * rows + row];
  }
}
