package org.convoy.data.idx;

import java.io.IOException;
import org.convoy.data.MalformedFileException;
import org.convoy.data.RecordStream;

/** The numbers before the data: two zero bytes, the type (8 is unsigned byte), the axes, sizes. */
final class IdxHeader {
  static final int IMAGES = 0x803;
  static final int LABELS = 0x801;

  private IdxHeader() {}

  /** Reads the magic number and the number of items. */
  static int readCount(RecordStream in, int expectedMagic) throws IOException {
    int magic = in.readInt("magic number");
    if (magic != expectedMagic) {
      throw new MalformedFileException(
          String.format(
              "%s: expected the magic number %s, found %s",
              in.where(), name(expectedMagic), name(magic)));
    }
    int count = in.readInt("number of items");
    if (count < 0) {
      throw new MalformedFileException(
          in.where()
              + ": the header says "
              + Integer.toUnsignedString(count)
              + " items; at most "
              + Integer.MAX_VALUE
              + " are supported");
    }
    return count;
  }

  private static String name(int magic) {
    return switch (magic) {
      case IMAGES -> "2051 (IDX, images)";
      case LABELS -> "2049 (IDX, labels)";
      default ->
          magic >>> 16 == 0
              ? magic + " (IDX, of another type or number of axes)"
              : String.format("0x%08x (no IDX file)", magic);
    };
  }
}
