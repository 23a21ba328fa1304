package org.convoy.image.geometry;

import java.util.Arrays;
import java.util.List;
import org.convoy.image.Image;
import org.convoy.tensor.Tensor;

/**
 * Interpolates where all steps keep axes: a line of the result is a weighted sum of the source's
 * lines, of which each pixel then is a weighted sum. Gives the same bits as following every pixel
 * back by itself, where nothing is shrunk.
 */
final class LineResampler {
  private final AxisTable rows = new AxisTable();
  private final AxisTable columns = new AxisTable();

  /** Lines of the source that were turned to floats, and which ones they are. */
  private float[][] lines = new float[0][];

  private int[] held = new int[0];
  private float[] line = new float[0];
  private float[] black = new float[0];

  /**
   * @param tracks whose positions are overwritten
   * @param value the value of each byte
   * @param target channels x height x width
   */
  void resample(
      Image source,
      List<GeometricStep> steps,
      AffineMap scale,
      Interpolation interpolation,
      Tracks tracks,
      float[] value,
      Tensor target) {
    int height = target.shape().size(1);
    int width = target.shape().size(2);
    Border border = steps.get(0).border();
    tracks.followRows(steps, height);
    rows.fill(
        tracks.rows,
        tracks.rowCoverage,
        height,
        source.height(),
        border,
        scale.rowScale(),
        interpolation);
    tracks.followColumns(steps, width);
    columns.fill(
        tracks.columns,
        tracks.columnCoverage,
        width,
        source.width(),
        border,
        scale.columnScale(),
        interpolation);
    grow();
    for (int channel = 0; channel < source.channels(); channel++) {
      Arrays.fill(held, -1);
      int plane = source.offset() + channel * source.height() * source.width();
      for (int y = 0; y < height; y++) {
        sumLines(y, source, plane, border, value);
        columns.weigh(line, target.data(), target.offset() + (channel * height + y) * width);
      }
    }
  }

  private void grow() {
    int length = columns.end() - columns.low();
    if (line.length < length) {
      line = new float[length];
      black = new float[length];
      lines = new float[0][];
    }
    if (lines.length < rows.taps()) {
      lines = new float[rows.taps()][line.length];
      held = new int[rows.taps()];
    }
  }

  /** One line of the result, as wide as the source. */
  private void sumLines(int y, Image source, int plane, Border border, float[] value) {
    int length = columns.end() - columns.low();
    int taps = rows.taps();
    float[] a = lineOf(rows.first(y), source, plane, border, value);
    float[] b = lineOf(rows.first(y) + 1, source, plane, border, value);
    two(a, rows.weight(y, 0), b, rows.weight(y, 1), length);
    int tap = 2;
    for (; tap + 1 < taps; tap += 2) {
      float[] c = lineOf(rows.first(y) + tap, source, plane, border, value);
      float[] d = lineOf(rows.first(y) + tap + 1, source, plane, border, value);
      twoMore(c, rows.weight(y, tap), d, rows.weight(y, tap + 1), length);
    }
    if (tap < taps) {
      float[] c = lineOf(rows.first(y) + tap, source, plane, border, value);
      oneMore(c, rows.weight(y, tap), length);
    }
  }

  private void two(float[] a, float weightA, float[] b, float weightB, int length) {
    float[] sum = line;
    for (int i = 0; i < length; i++) {
      sum[i] = weightA * a[i] + weightB * b[i];
    }
  }

  private void twoMore(float[] a, float weightA, float[] b, float weightB, int length) {
    float[] sum = line;
    for (int i = 0; i < length; i++) {
      sum[i] = sum[i] + weightA * a[i] + weightB * b[i];
    }
  }

  private void oneMore(float[] a, float weight, int length) {
    float[] sum = line;
    for (int i = 0; i < length; i++) {
      sum[i] = sum[i] + weight * a[i];
    }
  }

  /** A line of the source with what lies beyond its ends, in floats; kept for the next lines. */
  private float[] lineOf(int row, Image source, int plane, Border border, float[] value) {
    int inside = border.pixel(row, source.height());
    if (inside < 0) {
      return black;
    }
    int slot = inside % rows.taps();
    float[] floats = lines[slot];
    if (held[slot] != inside) {
      held[slot] = inside;
      convert(source, plane + inside * source.width(), border, value, floats);
    }
    return floats;
  }

  private void convert(Image source, int start, Border border, float[] value, float[] floats) {
    int width = source.width();
    int low = columns.low();
    int from = Math.min(Math.max(low, 0), width);
    int to = Math.max(from, Math.min(columns.end(), width));
    byte[] pixels = source.pixels();
    for (int i = from; i < to; i++) {
      floats[i - low] = value[pixels[start + i] & 0xff];
    }
    beyond(low, Math.min(from, columns.end()), pixels, start, width, border, value, floats);
    beyond(Math.max(to, low), columns.end(), pixels, start, width, border, value, floats);
  }

  private void beyond(
      int from,
      int to,
      byte[] pixels,
      int start,
      int width,
      Border border,
      float[] value,
      float[] floats) {
    for (int i = from; i < to; i++) {
      int inside = border.pixel(i, width);
      floats[i - columns.low()] = inside < 0 ? 0 : value[pixels[start + inside] & 0xff];
    }
  }
}
