package org.convoy.image.codec;

import java.util.ArrayList;
import java.util.List;

/**
 * A JPEG frame header (ITU-T T.81, B.2.2).
 *
 * @param height of the stored picture in pixels
 * @param width of the stored picture in pixels
 * @param progressive whether the picture comes in several passes of growing detail
 * @param components one, three or four
 * @param maximumAcross largest number of samples that a component has in a unit's row
 * @param maximumDown the same of a unit's column
 */
record JpegFrame(
    int height,
    int width,
    boolean progressive,
    List<JpegComponent> components,
    int maximumAcross,
    int maximumDown) {
  private static final int PARAMETERS = 6;
  private static final int MAXIMUM_FACTOR = 4;

  /** Reads the header; its components have no memory yet. */
  static JpegFrame read(byte[] file, JpegSegment segment, Reading reading)
      throws RejectedException {
    int from = segment.from();
    int count = segment.length() >= PARAMETERS ? file[from + 5] & 0xff : 0;
    if (segment.length() < PARAMETERS + 3 * count) {
      throw new RejectedException("JPEG file has a damaged frame header");
    }
    if (file[from] != 8) {
      throw new RejectedException(
          "JPEG with " + (file[from] & 0xff) + " bits a sample is not supported, only with 8");
    }
    int height = JpegSegment.number(file, from + 1);
    int width = JpegSegment.number(file, from + 3);
    reading.check(width, height);
    if (count != 1 && count != 3 && count != 4) {
      throw new RejectedException("JPEG with " + count + " components is not supported");
    }
    JpegFrame frame = of(file, from + PARAMETERS, count, height, width, segment.marker() == 0xc2);
    frame.check(file.length);
    return frame;
  }

  /**
   * @param from where three bytes for each component stand
   */
  private static JpegFrame of(
      byte[] file, int from, int count, int height, int width, boolean progressive)
      throws RejectedException {
    int maximumAcross = 1;
    int maximumDown = 1;
    for (int i = 0; i < count; i++) {
      int factors = file[from + 3 * i + 1] & 0xff;
      maximumAcross = Math.max(maximumAcross, factors >> 4);
      maximumDown = Math.max(maximumDown, factors & 15);
    }
    List<JpegComponent> components = new ArrayList<>();
    JpegFrame frame =
        new JpegFrame(height, width, progressive, components, maximumAcross, maximumDown);
    for (int i = 0; i < count; i++) {
      components.add(frame.component(file, from + 3 * i));
    }
    return frame;
  }

  private JpegComponent component(byte[] file, int at) throws RejectedException {
    int across = (file[at + 1] & 0xff) >> 4;
    int down = file[at + 1] & 15;
    if (across < 1
        || down < 1
        || Math.max(maximumAcross, maximumDown) > MAXIMUM_FACTOR
        || maximumAcross % across != 0
        || maximumDown % down != 0) {
      throw new RejectedException(
          String.format(
              "JPEG with %dx%d samples of a component in a unit of %dx%d is not supported",
              down, across, maximumDown, maximumAcross));
    }
    return new JpegComponent(file[at] & 0xff, across, down, file[at + 2] & 3, this);
  }

  /** Each block needs at least one bit. */
  private void check(int bytes) throws RejectedException {
    long blocks = 0;
    for (JpegComponent component : components) {
      blocks += (long) component.realBlocksAcross() * component.realBlocksDown();
    }
    if (blocks > 8L * bytes) {
      throw new RejectedException(
          String.format(
              "the header says %d x %d pixels (width x height), more than %d bytes can hold",
              width, height, bytes));
    }
  }

  /** Gives components that no scan brought gray samples. */
  void fillMissing() {
    for (JpegComponent component : components) {
      component.begin(new int[64], progressive);
    }
  }

  /** Units (the smallest parts in which all components have whole blocks) in a row. */
  int unitsAcross() {
    return JpegComponent.ceilingOf(width, 8 * maximumAcross);
  }

  /** Rows of units. */
  int unitsDown() {
    return JpegComponent.ceilingOf(height, 8 * maximumDown);
  }

  /** The component of a scan header's selector. */
  JpegComponent component(int id) throws RejectedException {
    for (JpegComponent component : components) {
      if (component.id == id) {
        return component;
      }
    }
    throw new RejectedException("JPEG file has a scan of an unknown component " + id);
  }
}
