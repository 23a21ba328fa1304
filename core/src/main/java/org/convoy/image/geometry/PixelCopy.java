package org.convoy.image.geometry;

import java.util.List;
import org.convoy.image.Image;
import org.convoy.tensor.Tensor;

/** Copies pixels where all steps keep them. Holds memory that grows once. */
final class PixelCopy {
  private int[] rows = new int[0];
  private int[] columns = new int[0];

  /** Columns of the result that show nothing but black. */
  private int[] black = new int[0];

  private int blackCount;

  /**
   * @param tracks whose positions are overwritten
   * @param values for each channel the value of each byte
   * @param target channels x height x width
   */
  void copy(
      Image source, List<GeometricStep> steps, Tracks tracks, float[][] values, Tensor target) {
    int height = target.shape().size(1);
    int width = target.shape().size(2);
    findRows(source, steps, tracks, height);
    findColumns(source, steps, tracks, width);
    for (int channel = 0; channel < source.channels(); channel++) {
      int plane = source.offset() + channel * source.height() * source.width();
      for (int y = 0; y < height; y++) {
        int to = target.offset() + (channel * height + y) * width;
        if (rows[y] < 0) {
          fill(values[channel][0], target.data(), to, width);
        } else {
          int line = plane + rows[y] * source.width();
          copy(source.pixels(), line, values[channel], target.data(), to, width);
        }
      }
    }
  }

  private void copy(byte[] pixels, int line, float[] value, float[] target, int offset, int width) {
    for (int x = 0; x < width; x++) {
      target[offset + x] = value[pixels[line + columns[x]] & 0xff];
    }
    for (int i = 0; i < blackCount; i++) {
      target[offset + black[i]] = value[0];
    }
  }

  private static void fill(float value, float[] target, int offset, int width) {
    for (int x = offset; x < offset + width; x++) {
      target[x] = value;
    }
  }

  /** The source row of each target row; -1 is black. */
  private void findRows(Image source, List<GeometricStep> steps, Tracks tracks, int height) {
    if (rows.length < height) {
      rows = new int[height];
    }
    if (steps.isEmpty()) {
      count(rows, height);
      return;
    }
    Border border = steps.get(0).border();
    tracks.followRows(steps, height);
    for (int y = 0; y < height; y++) {
      rows[y] =
          tracks.rowCoverage[y] == 0 ? -1 : border.pixel((int) tracks.rows[y], source.height());
    }
  }

  /** The source column of each target column, any where it is black. */
  private void findColumns(Image source, List<GeometricStep> steps, Tracks tracks, int width) {
    if (columns.length < width) {
      columns = new int[width];
      black = new int[width];
    }
    blackCount = 0;
    if (steps.isEmpty()) {
      count(columns, width);
      return;
    }
    Border border = steps.get(0).border();
    tracks.followColumns(steps, width);
    for (int x = 0; x < width; x++) {
      int column =
          tracks.columnCoverage[x] == 0
              ? -1
              : border.pixel((int) tracks.columns[x], source.width());
      columns[x] = Math.max(0, column);
      if (column < 0) {
        black[blackCount++] = x;
      }
    }
  }

  private static void count(int[] indices, int count) {
    for (int i = 0; i < count; i++) {
      indices[i] = i;
    }
  }
}
