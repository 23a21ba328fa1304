package org.convoy.image.geometry;

import java.util.List;
import org.convoy.image.Image;
import org.convoy.tensor.Tensor;

/**
 * Interpolates at every pixel of the result by itself, wherever steps lead it. Where they shrink,
 * each pixel is the mean of several places inside of it, as many on each axis as one of its pixels
 * covers of the source's (antialiasing). Holds memory that grows once.
 */
final class PointResampler {
  /** Shrinking by less than this is no reason to look at more than one place. */
  private static final double SHARP = 0.25;

  private static final int MOST_PLACES = 16;

  private int[][] rowStart = new int[0][];
  private int[][] columnStart = new int[0][];
  private float[] rowWeights = new float[0];
  private float[] columnWeights = new float[0];
  private int capacity;

  /**
   * @param tracks prepared; its positions are overwritten
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
    grow(width, 2 * interpolation.reach());
    boolean shrinks = scale.areaScale() > 1 + SHARP;
    int down = shrinks ? places(scale.rowScale()) : 1;
    int right = shrinks ? places(scale.columnScale()) : 1;
    for (int y = 0; y < height; y++) {
      for (int place = 0; place < down * right; place++) {
        int placeBelow = place / right;
        int placeBeside = place % right;
        double row = y + (placeBelow + 0.5) / down - 0.5;
        double column = (placeBeside + 0.5) / right - 0.5;
        for (int x = 0; x < width; x++) {
          tracks.rows[x] = row;
          tracks.columns[x] = x + column;
        }
        tracks.followBack(steps, width);
        findNeighbors(source, steps.get(0).border(), interpolation, tracks, width);
        for (int channel = 0; channel < source.channels(); channel++) {
          int to = target.offset() + (channel * height + y) * width;
          line(source, channel, interpolation, value, target.data(), to, width, place > 0);
        }
      }
    }
    if (down * right > 1) {
      float share = 1f / (down * right);
      float[] data = target.data();
      for (int i = target.offset(); i < target.offset() + target.size(); i++) {
        data[i] *= share;
      }
    }
  }

  private static int places(double scale) {
    return (int) Math.min(MOST_PLACES, Math.max(1, Math.ceil(scale - SHARP)));
  }

  private void grow(int width, int taps) {
    if (capacity < width || rowStart.length < taps) {
      capacity = Math.max(capacity, width);
      rowStart = new int[taps][capacity];
      columnStart = new int[taps][capacity];
      rowWeights = new float[taps * capacity];
      columnWeights = new float[taps * capacity];
    }
  }

  /** The source's rows and columns around each position, and what they weigh. */
  private void findNeighbors(
      Image source, Border border, Interpolation interpolation, Tracks tracks, int count) {
    findNeighbors(
        tracks.rows,
        tracks.rowCoverage,
        source.height(),
        source.width(),
        border,
        interpolation,
        rowStart,
        rowWeights,
        count);
    findNeighbors(
        tracks.columns,
        tracks.columnCoverage,
        source.width(),
        1,
        border,
        interpolation,
        columnStart,
        columnWeights,
        count);
  }

  private void findNeighbors(
      double[] positions,
      double[] coverage,
      int size,
      int pitch,
      Border border,
      Interpolation interpolation,
      int[][] start,
      float[] weights,
      int count) {
    for (int i = 0; i < count; i++) {
      double position = positions[i];
      if (interpolation == Interpolation.BILINEAR && position >= 0 && position < size - 1) {
        int before = (int) position;
        double fraction = position - before;
        weights[i] = (float) ((1 - fraction) * coverage[i]);
        weights[capacity + i] = (float) (fraction * coverage[i]);
        start[0][i] = before * pitch;
        start[1][i] = (before + 1) * pitch;
      } else {
        findNeighbors(i, position, coverage[i], size, pitch, border, interpolation, start, weights);
      }
    }
  }

  private void findNeighbors(
      int index,
      double anywhere,
      double coverage,
      int size,
      int pitch,
      Border border,
      Interpolation interpolation,
      int[][] start,
      float[] weights) {
    int reach = interpolation.reach();
    double position = border.near(anywhere, size, reach + 1);
    int before = (int) Math.floor(position);
    interpolation.weights(position - before, coverage, weights, index, capacity);
    for (int k = 0; k < 2 * reach; k++) {
      int pixel = border.pixel(before - reach + 1 + k, size);
      start[k][index] = Math.max(0, pixel) * pitch;
      if (pixel < 0) {
        weights[k * capacity + index] = 0;
      }
    }
  }

  /** One line of one channel. */
  private void line(
      Image source,
      int channel,
      Interpolation interpolation,
      float[] value,
      float[] target,
      int offset,
      int width,
      boolean add) {
    int plane = source.offset() + channel * source.height() * source.width();
    if (interpolation == Interpolation.BILINEAR) {
      bilinear(source.pixels(), plane, value, target, offset, width, add);
    } else {
      wide(source.pixels(), plane, 2 * interpolation.reach(), value, target, offset, width, add);
    }
  }

  private void bilinear(
      byte[] pixels, int plane, float[] value, float[] target, int offset, int width, boolean add) {
    int[] upper = rowStart[0];
    int[] lower = rowStart[1];
    int[] left = columnStart[0];
    int[] right = columnStart[1];
    for (int x = 0; x < width; x++) {
      float above = rowWeights[x];
      float below = rowWeights[capacity + x];
      int first = plane + upper[x];
      int second = plane + lower[x];
      float before =
          above * value[pixels[first + left[x]] & 0xff]
              + below * value[pixels[second + left[x]] & 0xff];
      float behind =
          above * value[pixels[first + right[x]] & 0xff]
              + below * value[pixels[second + right[x]] & 0xff];
      float sum = columnWeights[x] * before + columnWeights[capacity + x] * behind;
      target[offset + x] = add ? target[offset + x] + sum : sum;
    }
  }

  private void wide(
      byte[] pixels,
      int plane,
      int taps,
      float[] value,
      float[] target,
      int offset,
      int width,
      boolean add) {
    for (int x = 0; x < width; x++) {
      float sum = 0;
      for (int i = 0; i < taps; i++) {
        int column = plane + columnStart[i][x];
        float along = 0;
        for (int k = 0; k < taps; k++) {
          float weight = rowWeights[k * capacity + x];
          along += weight * value[pixels[column + rowStart[k][x]] & 0xff];
        }
        sum += columnWeights[i * capacity + x] * along;
      }
      target[offset + x] = add ? target[offset + x] + sum : sum;
    }
  }
}
