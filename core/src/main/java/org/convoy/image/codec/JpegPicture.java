package org.convoy.image.codec;

import java.util.List;

/**
 * From the samples of components, each of a resolution of its own, to pixels. A component of half
 * the resolution is interpolated: each sample counts three quarters to the pixels that it covers
 * and one quarter to those beside, on one axis or on both, with the rounding of the common
 * decoders. Any other is repeated.
 */
final class JpegPicture {
  private final JpegFrame frame;
  private final byte[][] rows;
  private final int[] sums;

  JpegPicture(JpegFrame frame) {
    this.frame = frame;
    int width = frame.unitsAcross() * frame.maximumAcross() * 8;
    this.rows = new byte[frame.components().size()][width];
    this.sums = new int[width];
  }

  /** Writes all pixels. */
  void write(JpegColor color, PixelPlanes planes) {
    List<JpegComponent> components = frame.components();
    for (int y = 0; y < frame.height(); y++) {
      for (int i = 0; i < rows.length; i++) {
        expand(components.get(i), y, rows[i]);
      }
      color.convert(rows, frame.width(), planes, y * frame.width());
    }
  }

  /** One row of a component in full resolution. */
  private void expand(JpegComponent component, int y, byte[] row) {
    int across = frame.maximumAcross() / component.across;
    int down = frame.maximumDown() / component.down;
    int from = y / down * component.stride();
    if (across == 1 && down == 1) {
      System.arraycopy(component.samples, from, row, 0, component.width);
    } else if (across == 2 && down == 1 && component.width > 2) {
      widen(component.samples, from, component.width, row);
    } else if (across == 1 && down == 2) {
      between(component, y, sums);
      int bias = y % 2 == 0 ? 1 : 2;
      for (int x = 0; x < component.width; x++) {
        row[x] = (byte) ((sums[x] + bias) >> 2);
      }
    } else if (across == 2 && down == 2 && component.width > 2) {
      between(component, y, sums);
      widenSums(component.width, row);
    } else {
      for (int x = 0; x < frame.width(); x++) {
        row[x] = component.samples[from + x / across];
      }
    }
  }

  private static void widen(byte[] samples, int from, int width, byte[] row) {
    row[0] = samples[from];
    for (int x = 0; x < width - 1; x++) {
      int left = samples[from + x] & 0xff;
      int right = samples[from + x + 1] & 0xff;
      row[2 * x + 1] = (byte) ((3 * left + right + 2) >> 2);
      row[2 * x + 2] = (byte) ((left + 3 * right + 1) >> 2);
    }
    row[2 * width - 1] = samples[from + width - 1];
  }

  /** Three times the nearer row and once the one beyond, which at the edge is the same. */
  private static void between(JpegComponent component, int y, int[] sums) {
    int near = y / 2;
    int far = Math.min(Math.max(y % 2 == 0 ? near - 1 : near + 1, 0), component.height - 1);
    int nearFrom = near * component.stride();
    int farFrom = far * component.stride();
    byte[] samples = component.samples;
    for (int x = 0; x < component.width; x++) {
      sums[x] = 3 * (samples[nearFrom + x] & 0xff) + (samples[farFrom + x] & 0xff);
    }
  }

  private void widenSums(int width, byte[] row) {
    row[0] = (byte) ((4 * sums[0] + 8) >> 4);
    for (int x = 0; x < width - 1; x++) {
      row[2 * x + 1] = (byte) ((3 * sums[x] + sums[x + 1] + 7) >> 4);
      row[2 * x + 2] = (byte) ((sums[x] + 3 * sums[x + 1] + 8) >> 4);
    }
    row[2 * width - 1] = (byte) ((4 * sums[width - 1] + 7) >> 4);
  }
}
