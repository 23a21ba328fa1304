package org.convoy.image.geometry;

import java.util.ArrayList;
import java.util.List;
import org.convoy.image.Image;
import org.convoy.tensor.Tensor;

/**
 * Computes a picture from a source picture and a list of geometric steps. Each output position is
 * followed back through all steps, last to first, each with its own border; only the source is
 * interpolated, bilinearly. So the result is what the steps would give one after another, without
 * the blur of interpolating at each.
 *
 * <p>Where every step {@linkplain InverseMap#keepsPixels keeps pixels}, they are copied and no
 * arithmetic is done on values.
 *
 * <p>Holds memory that grows once; belongs to one task at a time.
 */
public final class Resampler {
  private final List<Scratch> scratches = new ArrayList<>();
  private double[] rows = new double[0];
  private double[] columns = new double[0];
  private double[] rowCoverage = new double[0];
  private double[] columnCoverage = new double[0];
  private int[] rowIndex = new int[0];
  private int[] columnIndex = new int[0];
  private int[] lowerIndex = new int[0];
  private float[] down = new float[0];
  private float[] right = new float[0];
  private float[] coverage = new float[0];

  /** Whether {@link #copy} may be used. */
  public static boolean keepPixels(List<GeometricStep> steps) {
    for (GeometricStep step : steps) {
      if (!step.map().keepsPixels()) {
        return false;
      }
    }
    return true;
  }

  /**
   * Copies pixels, of steps that all keep them.
   *
   * @param values for each channel the value of each byte, 256 of them
   * @param target channels x height x width, as the last step promises
   */
  public void copy(Image source, List<GeometricStep> steps, float[][] values, Tensor target) {
    int height = target.shape().size(1);
    int width = target.shape().size(2);
    grow(Math.max(height, width));
    findPixels(steps, height, width);
    byte[] pixels = source.pixels();
    float[] result = target.data();
    int to = target.offset();
    for (int channel = 0; channel < source.channels(); channel++) {
      float[] value = values[channel];
      int plane = source.offset() + channel * source.height() * source.width();
      for (int y = 0; y < height; y++) {
        int line = plane + rowIndex[y] * source.width();
        for (int x = 0; x < width; x++) {
          boolean black = (rowIndex[y] | columnIndex[x]) < 0;
          result[to++] = value[black ? 0 : pixels[line + columnIndex[x]] & 0xff];
        }
      }
    }
  }

  /**
   * The source row of each target row, and the source column of each target column; -1 is black.
   */
  private void findPixels(List<GeometricStep> steps, int height, int width) {
    for (int i = 0; i < height; i++) {
      rows[i] = i;
      columns[i] = 0;
    }
    followBack(steps, height);
    for (int i = 0; i < height; i++) {
      rowIndex[i] = rowCoverage[i] == 0 ? -1 : (int) rows[i];
    }
    for (int i = 0; i < width; i++) {
      rows[i] = 0;
      columns[i] = i;
    }
    followBack(steps, width);
    for (int i = 0; i < width; i++) {
      columnIndex[i] = columnCoverage[i] == 0 ? -1 : (int) columns[i];
    }
  }

  /**
   * Interpolates.
   *
   * @param value the value of each byte, 256 of them; that of 0 is 0
   * @param target channels x height x width, as the last step promises
   */
  public void interpolate(Image source, List<GeometricStep> steps, float[] value, Tensor target) {
    int height = target.shape().size(1);
    int width = target.shape().size(2);
    grow(width);
    for (int i = 0; i < steps.size(); i++) {
      steps.get(i).map().prepare(scratch(i));
    }
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        rows[x] = y;
        columns[x] = x;
      }
      followBack(steps, width);
      findNeighbors(source.height(), source.width(), width);
      for (int channel = 0; channel < source.channels(); channel++) {
        int plane = source.offset() + channel * source.height() * source.width();
        int to = target.offset() + (channel * height + y) * width;
        line(source.pixels(), plane, value, target.data(), to, width);
      }
    }
  }

  /** The four source pixels around each position, and how far it is from the first of them. */
  private void findNeighbors(int sourceHeight, int sourceWidth, int count) {
    for (int i = 0; i < count; i++) {
      int row = (int) rows[i];
      int column = (int) columns[i];
      down[i] = (float) (rows[i] - row);
      right[i] = (float) (columns[i] - column);
      coverage[i] = (float) (rowCoverage[i] * columnCoverage[i]);
      int first = row * sourceWidth + column;
      rowIndex[i] = first;
      columnIndex[i] = column + 1 < sourceWidth ? first + 1 : first;
      lowerIndex[i] = row + 1 < sourceHeight ? first + sourceWidth : first;
    }
  }

  /** One output line of one channel. */
  private void line(
      byte[] pixels, int plane, float[] value, float[] target, int offset, int width) {
    for (int x = 0; x < width; x++) {
      int first = plane + rowIndex[x];
      int next = plane + columnIndex[x];
      int lower = plane + lowerIndex[x];
      float a = value[pixels[first] & 0xff];
      float b = value[pixels[next] & 0xff];
      float c = value[pixels[lower] & 0xff];
      float d = value[pixels[lower + next - first] & 0xff];
      float top = a + right[x] * (b - a);
      float bottom = c + right[x] * (d - c);
      target[offset + x] = coverage[x] * (top + down[x] * (bottom - top));
    }
  }

  /** Positions in the output become positions in the source, with what is seen of it there. */
  private void followBack(List<GeometricStep> steps, int count) {
    for (int i = 0; i < count; i++) {
      rowCoverage[i] = 1;
      columnCoverage[i] = 1;
    }
    for (int i = steps.size() - 1; i >= 0; i--) {
      GeometricStep step = steps.get(i);
      step.map().toInput(rows, columns, count, scratch(i));
      step.border().settle(rows, rowCoverage, step.inputHeight(), count);
      step.border().settle(columns, columnCoverage, step.inputWidth(), count);
    }
  }

  private Scratch scratch(int step) {
    while (scratches.size() <= step) {
      scratches.add(new Scratch());
    }
    return scratches.get(step);
  }

  private void grow(int minimum) {
    if (rows.length < minimum) {
      rows = new double[minimum];
      columns = new double[minimum];
      rowCoverage = new double[minimum];
      columnCoverage = new double[minimum];
      rowIndex = new int[minimum];
      columnIndex = new int[minimum];
      lowerIndex = new int[minimum];
      down = new float[minimum];
      right = new float[minimum];
      coverage = new float[minimum];
    }
  }
}
