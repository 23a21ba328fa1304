package org.convoy.image.codec;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * A marker of a JPEG file with what belongs to it (ITU-T T.81, annex B).
 *
 * @param marker its second byte
 * @param from first byte after its length
 * @param end byte after its parameters, where a scan's data begins
 * @param dataEnd where the next segment's marker begins, or the file ends
 */
record JpegSegment(int marker, int from, int end, int dataEnd) {
  static final int END_OF_IMAGE = 0xd9;
  static final int START_OF_SCAN = 0xda;

  /**
   * All segments of a file that begins with a start-of-image marker, up to its end-of-image marker.
   * Bytes between segments that belong to none are skipped; a segment that is cut off is left out.
   */
  static List<JpegSegment> of(byte[] file) {
    List<JpegSegment> segments = new ArrayList<>();
    int position = nextMarker(file, 2);
    while (position < file.length) {
      int marker = file[position + 1] & 0xff;
      int from = marker == END_OF_IMAGE ? position + 2 : position + 4;
      int end = marker == END_OF_IMAGE ? from : position + 2 + Math.max(2, number(file, from - 2));
      if (end > file.length) {
        break;
      }
      position = marker == END_OF_IMAGE ? file.length : nextMarker(file, end);
      segments.add(new JpegSegment(marker, from, end, position));
    }
    return segments;
  }

  /**
   * Where the next marker begins that is not part of a scan; the file's length if there is none.
   */
  private static int nextMarker(byte[] file, int from) {
    for (int i = from; i + 1 < file.length; ) {
      if (i + Long.BYTES <= file.length && JpegBits.isPlain(JpegBits.eightBytes(file, i))) {
        i += Long.BYTES;
        continue;
      }
      int end = Math.min(i + Long.BYTES, file.length - 1);
      for (; i < end; i++) {
        if (file[i] == (byte) 0xff && isMarker(file[i + 1] & 0xff)) {
          return i;
        }
      }
    }
    return file.length;
  }

  private static boolean isMarker(int second) {
    return second > 0x01 && second < 0xff && (second < 0xd0 || second > 0xd8);
  }

  /** Two bytes, or 0 beyond the end. */
  static int number(byte[] file, int index) {
    return index + 1 < file.length ? (file[index] & 0xff) << 8 | (file[index + 1] & 0xff) : 0;
  }

  /** Number of bytes of parameters. */
  int length() {
    return end - from;
  }

  /** Whether the parameters begin with a text. */
  boolean begins(byte[] file, String text) {
    byte[] expected = text.getBytes(StandardCharsets.US_ASCII);
    if (length() < expected.length) {
      return false;
    }
    for (int i = 0; i < expected.length; i++) {
      if (file[from + i] != expected[i]) {
        return false;
      }
    }
    return true;
  }
}
