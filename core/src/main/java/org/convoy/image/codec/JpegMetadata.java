package org.convoy.image.codec;

import java.util.List;

/**
 * What the application markers of a JPEG file say that matters for its pixels.
 *
 * @param jfif whether there is a JFIF marker
 * @param adobeTransform what Adobe's marker says of the colors, or {@link #NO_ADOBE}
 * @param orientation by EXIF
 */
record JpegMetadata(boolean jfif, int adobeTransform, Orientation orientation) {
  static final int NO_ADOBE = -1;
  private static final int ADOBE_BYTES = 12;

  /** Reads the first marker of each kind. */
  static JpegMetadata read(byte[] file, List<JpegSegment> segments) {
    boolean jfif = false;
    int adobeTransform = NO_ADOBE;
    Orientation orientation = null;
    for (JpegSegment segment : segments) {
      int from = segment.from();
      if (segment.marker() == 0xe0) {
        jfif |= segment.begins(file, "JFIF\0");
      } else if (segment.marker() == 0xe1
          && orientation == null
          && segment.begins(file, "Exif\0\0")) {
        orientation = Orientation.read(file, from + 6, segment.end());
      } else if (segment.marker() == 0xee
          && adobeTransform == NO_ADOBE
          && segment.length() >= ADOBE_BYTES
          && segment.begins(file, "Adobe")) {
        adobeTransform = file[from + ADOBE_BYTES - 1] & 0xff;
      }
    }
    return new JpegMetadata(
        jfif, adobeTransform, orientation == null ? Orientation.UPRIGHT : orientation);
  }
}
