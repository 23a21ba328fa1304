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
  private final JpegLanes lanes;
  private final byte[][] rows;
  private final int[] sums;

  JpegPicture(JpegFrame frame, JpegLanes lanes) {
    this.frame = frame;
    this.lanes = lanes;
    int width = frame.unitsAcross() * frame.maximumAcross() * 8;
    this.rows = new byte[frame.components().size()][width];
    this.sums = new int[width];
  }

  /** Writes all pixels. */
  void write(JpegColor color, PixelPlanes planes) {
    if (color == JpegColor.GRAY) {
      writeGray(planes);
      return;
    } else if (color == JpegColor.YCBCR
        && planes.channels() == 3
        && JpegLanes.rows(frame.width()) > 0) {
      writeColors(planes);
      return;
    }
    List<JpegComponent> components = frame.components();
    for (int y = 0; y < frame.height(); y++) {
      for (int i = 0; i < rows.length; i++) {
        expand(components.get(i), y, rows[i]);
      }
      color.convert(rows, frame.width(), planes, y * frame.width());
    }
  }

  /** The same of a single component, which needs no interpolation. */
  private void writeGray(PixelPlanes planes) {
    JpegComponent component = frame.components().get(0);
    for (int y = 0; y < frame.height(); y++) {
      int from = y * component.stride();
      planes.gray(y * frame.width(), component.samples, from, frame.width());
    }
  }

  /** The same from YCbCr to colors, which nearly all pictures need, several rows at once. */
  private void writeColors(PixelPlanes planes) {
    int width = frame.width();
    int atOnce = JpegLanes.rows(width);
    for (int y = 0; y < frame.height(); y += atOnce) {
      int count = Math.min(atOnce, frame.height() - y);
      load(JpegLanes.Part.LUMA, frame.components().get(0), y, count);
      load(JpegLanes.Part.BLUE, frame.components().get(1), y, count);
      load(JpegLanes.Part.RED, frame.components().get(2), y, count);
      lanes.convert(count, width);
      for (int row = 0; row < count; row++) {
        lanes.store(row, width, planes, (y + row) * width);
      }
    }
  }

  /** Rows of a component in full resolution. */
  private void load(JpegLanes.Part part, JpegComponent component, int from, int count) {
    int down = frame.maximumDown() / component.down;
    boolean half = frame.maximumAcross() / component.across == 2 && component.width > 2;
    boolean whole = frame.maximumAcross() == component.across && down == 1;
    int width = frame.width();
    for (int row = 0; row < count; row++) {
      int y = from + row;
      if (whole) {
        lanes.load(part, row, component.samples, y * component.stride(), width);
      } else if (half && down <= 2) {
        int near = y / down * component.stride();
        int far = down == 1 ? near : farRow(component, y) * component.stride();
        lanes.loadHalf(row, component.samples, near, far, component.width, width);
      } else {
        expand(component, y, rows[0]);
        lanes.load(part, row, rows[0], 0, width);
      }
    }
    if (!whole && half && down <= 2) {
      lanes.widen(part, count, width, down == 2);
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
    int nearFrom = y / 2 * component.stride();
    int farFrom = farRow(component, y) * component.stride();
    byte[] samples = component.samples;
    for (int x = 0; x < component.width; x++) {
      sums[x] = 3 * (samples[nearFrom + x] & 0xff) + (samples[farFrom + x] & 0xff);
    }
  }

  private static int farRow(JpegComponent component, int y) {
    return Math.min(Math.max(y % 2 == 0 ? y / 2 - 1 : y / 2 + 1, 0), component.height - 1);
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
