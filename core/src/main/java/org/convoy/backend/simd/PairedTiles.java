package org.convoy.backend.simd;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.LongVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;
import org.convoy.backend.Correlation;
import org.convoy.backend.VolumeWindow;
import org.convoy.backend.Winograd;
import org.convoy.backend.Workspace;
import org.convoy.tensor.Tensor;

/**
 * Vectors hold tiles of several rows, and by turns those of two examples: for narrow targets. Even
 * and odd columns of two lines then part by shifts and masks of pairs of floats, without permuting
 * a vector. Of an odd number of examples the last one's upper half is paired with its lower one.
 */
final class PairedTiles implements WinogradTiles {
  private static final VectorSpecies<Float> SPECIES = Vectors.SPECIES;
  private static final VectorSpecies<Integer> INTS =
      VectorSpecies.of(int.class, SPECIES.vectorShape());
  private static final int LENGTH = Vectors.LENGTH;

  /** The first of two floats. */
  private static final long LOW = 0xFFFFFFFFL;

  /**
   * Channels whose lines are read before they are transformed: what was just written is slow to
   * read.
   */
  private static final int CHANNELS = 8;

  /** Columns of a tile. */
  private static final int COLUMNS = 4;

  private final Correlation plan;
  private final Workspace workspace;
  private final VolumeWindow.Span height;
  private final VolumeWindow.Span width;
  private final int tilesInRow;
  private final int tileRows;

  /** Of a line from its padding on, and of one from two columns further on, the bits inside. */
  private final int[] inside = new int[2 * LENGTH];

  private final float[] outside = new float[LENGTH + 2];
  private final float[] copy = new float[LENGTH + 2];
  private final float[] otherCopy = new float[LENGTH + 2];
  private int half;
  private float[] lines;
  private int part;
  private float[] edge;

  PairedTiles(Correlation plan, Workspace workspace) {
    this.plan = plan;
    this.workspace = workspace;
    this.height = plan.window().height();
    this.width = plan.window().width();
    this.tilesInRow = 2 * Winograd.tiles(width);
    this.tileRows = Winograd.tiles(height);
    for (int lane = 0; lane < LENGTH; lane++) {
      inside[lane] = isInside(lane - width.padding()) ? -1 : 0;
      inside[LENGTH + lane] = isInside(lane + 2 - width.padding()) ? -1 : 0;
    }
  }

  private boolean isInside(int column) {
    return column >= 0 && column < width.size();
  }

  /** Whether a vector holds the tiles of two rows. */
  static boolean fit(Correlation plan) {
    return 2 * Winograd.tiles(plan.window().width()) <= LENGTH;
  }

  @Override
  public int rows() {
    return plan.batch() / 2 * tileRows + plan.batch() % 2 * halfOfRows();
  }

  private int halfOfRows() {
    return (tileRows + 1) / 2;
  }

  @Override
  public int tilesInRow() {
    return tilesInRow;
  }

  @Override
  public void prepare(int rowsTogether) {
    int rows = Math.min(rowsTogether, tileRows);
    half = Vectors.roundUp((rows + 1) * tilesInRow) + LENGTH;
    lines = workspace.floats(Slots.IMAGES, CHANNELS * 2 * COLUMNS * half);
    part = Vectors.roundUp(rowsTogether * tilesInRow);
    edge = workspace.floats(Slots.EDGE, 4 * part + LENGTH);
  }

  /** Rows of tiles of two examples, or of two halves of one. */
  private record Pair(int example, int other, int row, int otherRow, int count) {

    /** Whether what lies behind the first one's rows is written later. */
    boolean ascends() {
      return example != other;
    }
  }

  /** From a row on, at most up to another, as many as lie in the same examples. */
  private Pair pair(int from, int to) {
    int pair = from / tileRows;
    int row = from % tileRows;
    int example = 2 * pair;
    if (example + 1 < plan.batch()) {
      return new Pair(example, example + 1, row, row, Math.min(tileRows - row, to - from));
    }
    int middle = tileRows - halfOfRows();
    return new Pair(example, example, row, middle + row, Math.min(halfOfRows() - row, to - from));
  }

  @Override
  public void read(Tensor source, int group, int from, int to, TransformedTiles tiles) {
    int size = height.size() * width.size();
    int distance = 2 * COLUMNS * half;
    for (int c = 0; c < plan.channels(); c += CHANNELS) {
      int channels = Math.min(CHANNELS, plan.channels() - c);
      int row = from;
      while (row < to) {
        Pair pair = pair(row, to);
        int a = plan.source(source, pair.example, group) + c * size;
        int b = plan.source(source, pair.other, group) + c * size;
        for (int i = 0; i < channels; i++) {
          readLines(source.data(), a + i * size, b + i * size, pair, i * distance);
        }
        for (int i = 0; i < channels; i++) {
          WinogradTransforms.source(
              lines,
              i * distance,
              half,
              tilesInRow,
              2 * half,
              4 * half,
              pair.count * tilesInRow,
              tiles.data(),
              (c + i) * tiles.pitch() + (row - from) * tilesInRow,
              tiles.plane());
        }
        row += pair.count;
      }
    }
  }

  private void readLines(float[] source, int a, int b, Pair pair, int to) {
    IntVector left = IntVector.fromArray(INTS, inside, 0);
    IntVector right = IntVector.fromArray(INTS, inside, LENGTH);
    int top = 2 * pair.row - height.padding();
    int otherTop = 2 * pair.otherRow - height.padding();
    for (int y = 0; y < 2 * pair.count + 2; y++) {
      int i = a + (top + y) * width.size() - width.padding();
      float[] line = line(source, top + y, i, copy);
      i = line == source ? i : 0;
      int j = b + (otherTop + y) * width.size() - width.padding();
      float[] other = line(source, otherTop + y, j, otherCopy);
      j = other == source ? j : 0;
      int o = to + (y & 1) * half + (y >> 1) * tilesInRow;
      split(line, i, other, j, left, lines, o, 2 * half);
      split(line, i + 2, other, j + 2, right, lines, o + 4 * half, 2 * half);
    }
  }

  /**
   * The source if the line lies in it with its padding and a vector from there on, else a copy.
   *
   * @param place of the line's padding
   */
  private float[] line(float[] source, int y, int place, float[] copy) {
    if (y < 0 || y >= height.size()) {
      return outside;
    }
    if (place >= 0 && place + LENGTH + 2 <= source.length) {
      return source;
    }
    for (int i = 0; i < copy.length; i++) {
      copy[i] = isInside(i - width.padding()) ? source[place + i] : 0;
    }
    return copy;
  }

  /** Writes even columns of two lines by turns, and, {@code further} on, odd ones. */
  private static void split(
      float[] line,
      int i,
      float[] other,
      int j,
      IntVector inside,
      float[] target,
      int to,
      int further) {
    LongVector a = columns(line, i, inside);
    LongVector b = columns(other, j, inside);
    a.and(LOW).or(b.lanewise(VectorOperators.LSHL, 32)).reinterpretAsFloats().intoArray(target, to);
    a.lanewise(VectorOperators.LSHR, 32)
        .or(b.and(~LOW))
        .reinterpretAsFloats()
        .intoArray(target, to + further);
  }

  private static LongVector columns(float[] line, int from, IntVector inside) {
    return FloatVector.fromArray(SPECIES, line, from)
        .reinterpretAsInts()
        .and(inside)
        .reinterpretAsLongs();
  }

  @Override
  public void write(
      TransformedTiles sums, Tensor bias, Tensor target, int group, int from, int to) {
    int size = height.output() * width.output();
    for (int r = 0; r < plan.rows(); r++) {
      float value = plan.bias(bias, group, r);
      WinogradTransforms.targetOfTwo(
          sums.data(), r * sums.pitch(), sums.plane(), (to - from) * tilesInRow, value, edge, part);
      int row = from;
      while (row < to) {
        Pair pair = pair(row, to);
        int at = (row - from) * tilesInRow;
        int channel = plan.target(target, pair.example, group) + r * size;
        int end = channel + size;
        writeRows(at, target.data(), channel, end, pair.row, pair.count, pair.ascends());
        channel = plan.target(target, pair.other, group) + r * size;
        end = channel + size;
        writeRows(at + 2 * part, target.data(), channel, end, pair.otherRow, pair.count, true);
        row += pair.count;
      }
    }
  }

  /**
   * Writes whole vectors.
   *
   * @param ascends whether the channel's rows behind these are written later, so that what is there
   *     may be overwritten
   */
  private void writeRows(
      int from, float[] target, int channel, int end, int row, int count, boolean ascends) {
    int length = width.output();
    int to = channel + 2 * row * length;
    int stop = Math.min(end, to + 2 * count * length);
    int last = (ascends ? end : stop) - LENGTH;
    for (int y = 0; to < stop; y++) {
      int line = from + (y & 1) * part + (y >> 1) * tilesInRow;
      if (to <= last) {
        FloatVector.fromArray(SPECIES, edge, line).intoArray(target, to);
      } else {
        System.arraycopy(edge, line, target, to, length);
      }
      to += length;
    }
  }
}
