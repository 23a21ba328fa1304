package org.convoy.spark.input;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.Path;
import org.convoy.spark.storage.Storage;

/** Consecutive pictures of one or several archives. */
final class ZipSlice implements ImageSlice {
  private static final long serialVersionUID = 1L;
  private static final int LOCAL_SIGNATURE = 0x04034b50;
  private static final int LOCAL_BYTES = 30;

  private final long firstId;
  private final List<ZipFiles.Part> parts;

  ZipSlice(long firstId, List<ZipFiles.Part> parts) {
    this.firstId = firstId;
    this.parts = new ArrayList<>(parts);
  }

  @Override
  public EncodedImages open(Storage storage) {
    return new Images(storage, firstId, parts);
  }

  private static final class Images extends PartedImages<ZipFiles.Part, FSDataInputStream> {
    private final Storage storage;

    Images(Storage storage, long firstId, List<ZipFiles.Part> parts) {
      super(firstId, parts);
      this.storage = storage;
    }

    @Override
    FSDataInputStream open(ZipFiles.Part pictures) throws IOException {
      return storage.open(new Path(pictures.archive()));
    }

    @Override
    EncodedImage read(FSDataInputStream in, ZipFiles.Part pictures, int i, long id)
        throws IOException {
      String key = pictures.key(i);
      int label = pictures.label(i);
      try {
        return EncodedImage.file(id, key, label, content(in, pictures, i));
      } catch (DataFormatException | EOFException e) {
        return EncodedImage.unreadable(id, key, label, "cannot be read: " + e.getMessage())
            .because(e);
      }
    }
  }

  private static byte[] content(FSDataInputStream in, ZipFiles.Part files, int i)
      throws IOException, DataFormatException {
    if (Math.max(files.size(i), files.compressedSize(i)) > PictureFile.MAXIMUM_BYTES) {
      throw new DataFormatException("longer than " + PictureFile.MAXIMUM_BYTES + " bytes");
    }
    byte[] header = new byte[LOCAL_BYTES];
    in.readFully(files.offset(i), header);
    ByteBuffer local = ByteBuffer.wrap(header).order(ByteOrder.LITTLE_ENDIAN);
    if (local.getInt(0) != LOCAL_SIGNATURE) {
      throw new DataFormatException("it does not begin where the archive's table says");
    }
    int skip = LOCAL_BYTES + (local.getShort(26) & 0xffff) + (local.getShort(28) & 0xffff);
    byte[] stored = new byte[(int) files.compressedSize(i)];
    in.readFully(files.offset(i) + skip, stored);
    byte[] content = files.isDeflated(i) ? inflate(stored, (int) files.size(i)) : stored;
    CRC32 crc = new CRC32();
    crc.update(content);
    if ((int) crc.getValue() != files.crc(i)) {
      throw new DataFormatException("its bytes do not fit the archive's checksum");
    }
    return content;
  }

  private static byte[] inflate(byte[] stored, int size) throws DataFormatException {
    Inflater inflater = new Inflater(/* nowrap= */ true);
    try {
      inflater.setInput(stored);
      byte[] content = new byte[size];
      int filled = inflater.inflate(content);
      if (filled < size) {
        throw new DataFormatException("its compressed data end too early");
      }
      return content;
    } finally {
      inflater.end();
    }
  }
}
