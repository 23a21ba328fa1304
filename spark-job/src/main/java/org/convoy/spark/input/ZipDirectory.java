package org.convoy.spark.input;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.fs.FSDataInputStream;

/**
 * The table of contents at the end of a zip archive (PKWARE, "APPNOTE.TXT - .ZIP File Format
 * Specification" 6.3.10, sections 4.3.12 to 4.3.16), also of those beyond 4 GB.
 */
final class ZipDirectory {
  private static final int END_SIGNATURE = 0x06054b50;
  private static final int END_BYTES = 22;
  private static final int MAXIMUM_COMMENT = 0xffff;
  private static final int LOCATOR_SIGNATURE = 0x07064b50;
  private static final int LOCATOR_BYTES = 20;
  private static final int END64_SIGNATURE = 0x06064b50;
  private static final int END64_BYTES = 56;
  private static final int ENTRY_SIGNATURE = 0x02014b50;
  private static final int ENTRY_BYTES = 46;
  private static final int ZIP64_EXTRA = 0x0001;
  private static final long UNKNOWN = 0xffffffffL;
  private static final int MAXIMUM_DIRECTORY = 1 << 30;

  private final FSDataInputStream in;
  private final String where;
  private final long length;

  private ZipDirectory(FSDataInputStream in, String where, long length) {
    this.in = in;
    this.where = where;
    this.length = length;
  }

  /** Number of files in the table, and the bytes it takes. */
  private record Place(long count, long size, long offset) {}

  /**
   * One file of an archive.
   *
   * @param flags of which bit 0 says that it is encrypted
   * @param method 0 stored, 8 deflated
   * @param crc of the decompressed bytes
   * @param compressedSize bytes in the archive
   * @param size bytes after decompression
   * @param offset of its local header
   */
  record Entry(
      String name, int flags, int method, int crc, long compressedSize, long size, long offset) {
    boolean isFolder() {
      return name.isEmpty() || name.endsWith("/");
    }

    boolean isReadable() {
      return (flags & 1) == 0 && (method == 0 || method == 8);
    }
  }

  /**
   * Reads all entries in their order.
   *
   * @param where what messages call the archive
   * @throws InputException if it is no archive, or a damaged one
   */
  static List<Entry> read(FSDataInputStream in, String where, long length) throws IOException {
    ZipDirectory directory = new ZipDirectory(in, where, length);
    try {
      return directory.read();
    } catch (EOFException | IndexOutOfBoundsException | IllegalArgumentException e) {
      throw directory.damaged("its table of contents ends too early");
    }
  }

  private List<Entry> read() throws IOException {
    Place place = place();
    if (place.size() < 0
        || place.size() > MAXIMUM_DIRECTORY
        || place.count() < 0
        || place.count() > place.size() / ENTRY_BYTES) {
      throw damaged(
          "its table of contents says " + place.count() + " files in " + place.size() + " bytes");
    }
    return entries(bytes(place.offset(), (int) place.size()), (int) place.count());
  }

  /** Where the table lies, as the last bytes of the archive say. */
  private Place place() throws IOException {
    int tailBytes = (int) Math.min(length, END_BYTES + MAXIMUM_COMMENT);
    ByteBuffer tail = bytes(length - tailBytes, tailBytes);
    int end = tailBytes - END_BYTES;
    while (end >= 0 && tail.getInt(end) != END_SIGNATURE) {
      end--;
    }
    if (end < 0) {
      throw damaged("it has no table of contents at its end");
    }
    long locator = length - tailBytes + end - LOCATOR_BYTES;
    if (locator < 0 || bytes(locator, LOCATOR_BYTES).getInt(0) != LOCATOR_SIGNATURE) {
      return new Place(
          tail.getShort(end + 10) & 0xffff,
          tail.getInt(end + 12) & UNKNOWN,
          tail.getInt(end + 16) & UNKNOWN);
    }
    ByteBuffer end64 = bytes(bytes(locator, LOCATOR_BYTES).getLong(8), END64_BYTES);
    if (end64.getInt(0) != END64_SIGNATURE) {
      throw damaged("its 64-bit table of contents is not where it should be");
    }
    return new Place(end64.getLong(32), end64.getLong(40), end64.getLong(48));
  }

  private List<Entry> entries(ByteBuffer table, int count) throws IOException {
    List<Entry> entries = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      int at = table.position();
      if (table.getInt(at) != ENTRY_SIGNATURE) {
        throw damaged("file " + i + " (counted from 0) of its table of contents is damaged");
      }
      int nameBytes = table.getShort(at + 28) & 0xffff;
      int extraBytes = table.getShort(at + 30) & 0xffff;
      int commentBytes = table.getShort(at + 32) & 0xffff;
      String name = ArchiveClasses.plainPath(text(table, at + ENTRY_BYTES, nameBytes));
      Entry entry = entry(table, at, name, at + ENTRY_BYTES + nameBytes, extraBytes);
      if (Math.min(Math.min(entry.size(), entry.compressedSize()), entry.offset()) < 0) {
        throw damaged("the sizes of " + name + " in its table of contents are impossible");
      }
      entries.add(entry);
      table.position(at + ENTRY_BYTES + nameBytes + extraBytes + commentBytes);
    }
    return entries;
  }

  private static Entry entry(ByteBuffer table, int at, String name, int extra, int extraBytes) {
    long[] sizes = {
      table.getInt(at + 24) & UNKNOWN, // decompressed
      table.getInt(at + 20) & UNKNOWN, // compressed
      table.getInt(at + 42) & UNKNOWN // offset of the local header
    };
    int next = extra;
    while (next + 4 <= extra + extraBytes) {
      int id = table.getShort(next) & 0xffff;
      int field = next + 4;
      next = field + (table.getShort(next + 2) & 0xffff);
      // Only what does not fit 32 bits is here, in this order.
      for (int i = 0; id == ZIP64_EXTRA && i < sizes.length; i++) {
        if (sizes[i] == UNKNOWN) {
          sizes[i] = table.getLong(field);
          field += Long.BYTES;
        }
      }
    }
    int flags = table.getShort(at + 8) & 0xffff;
    int method = table.getShort(at + 10) & 0xffff;
    return new Entry(name, flags, method, table.getInt(at + 16), sizes[1], sizes[0], sizes[2]);
  }

  /** Names are UTF-8; what cannot be is shown byte by byte. */
  private static String text(ByteBuffer table, int at, int length) {
    ByteBuffer name = table.slice(at, length);
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(name).toString();
    } catch (CharacterCodingException e) {
      return StandardCharsets.ISO_8859_1.decode(name.rewind()).toString();
    }
  }

  private ByteBuffer bytes(long offset, int count) throws IOException {
    if (offset < 0 || offset > length - count) {
      throw damaged("its table of contents leaves the file");
    }
    byte[] bytes = new byte[count];
    in.readFully(offset, bytes);
    return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }

  private InputException damaged(String how) {
    return new InputException(
        where + " is no zip archive, or a damaged one: " + how + "; copy the file again");
  }
}
