package org.convoy.image.codec;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * What the markers of a JPEG file say (ITU-T T.81, annex B), without decoding it.
 *
 * @param height of the stored picture, in pixels
 * @param width of the stored picture, in pixels
 * @param components identifiers of the components, in the order of the frame
 * @param progressive whether the picture comes in several passes of growing detail
 * @param scans how many scans there are
 * @param junk whether bytes that belong to nothing stand before the first scan
 * @param complete whether each component has a scan, and the end-of-image marker follows
 * @param adobeTransform what Adobe's marker says of the colors, or {@link #NO_ADOBE}
 * @param jfif whether there is a JFIF marker
 * @param orientation by EXIF
 */
record JpegHeader(
    int height,
    int width,
    List<Integer> components,
    boolean progressive,
    int scans,
    boolean junk,
    boolean complete,
    int adobeTransform,
    boolean jfif,
    Orientation orientation) {
  static final int NO_ADOBE = -1;
  private static final int EXIF_PREFIX = 6;

  JpegHeader {
    components = List.copyOf(components);
  }

  /** Goes through all markers of a file that begins with a start-of-image marker. */
  static JpegHeader read(byte[] file) throws RejectedException {
    Reader reader = new Reader(file);
    reader.readMarkers();
    return reader.header();
  }

  /** The state of going through a file. */
  private static final class Reader {
    private final byte[] file;
    private final List<Integer> components = new ArrayList<>();
    private final List<Integer> scanned = new ArrayList<>();
    private int position = 2;
    private int height;
    private int width;
    private boolean progressive;
    private int scans;
    private boolean junk;
    private boolean ended;
    private int adobeTransform = NO_ADOBE;
    private boolean jfif;
    private Orientation orientation;

    Reader(byte[] file) {
      this.file = file;
    }

    void readMarkers() throws RejectedException {
      while (!ended && findMarker()) {
        int marker = file[position++] & 0xff;
        if (marker == 0xd9) {
          ended = true;
        } else if (marker > 0x01 && (marker < 0xd0 || marker > 0xd8)) {
          int length = Math.max(2, number(position));
          int end = position + length;
          if (end > file.length) {
            if (scans > 0) {
              return;
            }
            throw new RejectedException("JPEG file is truncated in its header");
          }
          readSegment(marker, position + 2, end);
          position = end;
        }
      }
    }

    /** Goes to the byte after the next 0xff that is not data of a scan; skips what is before. */
    private boolean findMarker() {
      while (position + 1 < file.length) {
        int next = file[position + 1] & 0xff;
        if (file[position] == (byte) 0xff && next != 0x00 && next != 0xff) {
          position++;
          return true;
        }
        junk |= scans == 0 && file[position] != (byte) 0xff;
        position++;
      }
      return false;
    }

    private void readSegment(int marker, int from, int end) throws RejectedException {
      switch (marker) {
        case 0xc0, 0xc1, 0xc2 -> readFrame(marker, from, end);
        case 0xc3, 0xc5, 0xc6, 0xc7 ->
            throw new RejectedException("lossless and hierarchical JPEG are not supported");
        case 0xc9, 0xca, 0xcb, 0xcd, 0xce, 0xcf ->
            throw new RejectedException("JPEG with arithmetic coding is not supported");
        case 0xda -> readScan(from, end);
        case 0xe0 -> jfif |= begins(from, end, "JFIF\0");
        case 0xe1 -> {
          if (orientation == null && begins(from, end, "Exif\0")) {
            orientation = Orientation.read(file, Math.min(end, from + EXIF_PREFIX), end);
          }
        }
        case 0xee -> {
          if (begins(from, end, "Adobe") && end - from >= 12) {
            adobeTransform = file[from + 11] & 0xff;
          }
        }
        default -> {
          // Tables are the decoder's business; comments and others are nobody's.
        }
      }
    }

    private void readFrame(int marker, int from, int end) throws RejectedException {
      int count = end - from >= 6 ? file[from + 5] & 0xff : 0;
      if (!components.isEmpty() || end - from < 6 + 3 * count) {
        throw new RejectedException("JPEG file has a damaged or a second frame header");
      }
      if (file[from] != 8) {
        throw new RejectedException(
            "JPEG with " + (file[from] & 0xff) + " bits a sample is not supported, only with 8");
      }
      progressive = marker == 0xc2;
      height = number(from + 1);
      width = number(from + 3);
      for (int i = 0; i < count; i++) {
        components.add(file[from + 6 + 3 * i] & 0xff);
      }
    }

    private void readScan(int from, int end) throws RejectedException {
      int count = from < end ? file[from] & 0xff : 0;
      if (components.isEmpty() || end - from < 4 + 2 * count) {
        throw new RejectedException("JPEG file has a damaged scan header");
      }
      for (int i = 0; i < count; i++) {
        scanned.add(file[from + 1 + 2 * i] & 0xff);
      }
      scans++;
    }

    private boolean begins(int from, int end, String text) {
      byte[] expected = text.getBytes(StandardCharsets.US_ASCII);
      if (end - from < expected.length) {
        return false;
      }
      for (int i = 0; i < expected.length; i++) {
        if (file[from + i] != expected[i]) {
          return false;
        }
      }
      return true;
    }

    private int number(int index) {
      return index + 1 < file.length ? (file[index] & 0xff) << 8 | (file[index + 1] & 0xff) : 0;
    }

    JpegHeader header() throws RejectedException {
      if (scans == 0) {
        throw new RejectedException("JPEG file ends before its picture begins");
      }
      boolean complete = scanned.containsAll(components) && (ended || isWholeInOneScan());
      return new JpegHeader(
          height,
          width,
          components,
          progressive,
          scans,
          junk,
          complete,
          adobeTransform,
          jfif,
          orientation == null ? Orientation.UPRIGHT : orientation);
    }

    /** Then the decoder notices if data is missing, even if the end-of-image marker is, too. */
    private boolean isWholeInOneScan() {
      return scans == 1 && !progressive;
    }
  }
}
