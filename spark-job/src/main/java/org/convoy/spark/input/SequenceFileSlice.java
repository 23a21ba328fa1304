package org.convoy.spark.input;

import java.io.EOFException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.ZipException;
import org.apache.hadoop.fs.ChecksumException;
import org.apache.hadoop.fs.Path;
import org.convoy.spark.storage.Storage;

/** Consecutive records of one or several sequence files. */
final class SequenceFileSlice implements ImageSlice {
  private static final long serialVersionUID = 1L;

  private final long firstId;
  private final List<SequenceFiles.Part> parts;

  SequenceFileSlice(long firstId, List<SequenceFiles.Part> parts) {
    this.firstId = firstId;
    this.parts = new ArrayList<>(parts);
  }

  @Override
  public EncodedImages open(Storage storage) {
    return new Images(storage);
  }

  private final class Images implements EncodedImages {
    private final Storage storage;
    private int part = -1;
    private int file;
    private int files;
    private long id = firstId;
    private SequenceRecords in;
    private String damage;

    Images(Storage storage) {
      this.storage = storage;
    }

    @Override
    public EncodedImage next() throws IOException {
      while (file == files) {
        close();
        if (++part == parts.size()) {
          return null;
        }
        file = 0;
        files = parts.get(part).size();
        in = SequenceRecords.open(storage, new Path(parts.get(part).file()));
        damage = "";
      }
      return read(parts.get(part), file++);
    }

    private EncodedImage read(SequenceFiles.Part records, int i) throws IOException {
      String place = records.file() + "#" + (records.first() + i);
      int label = records.label(i);
      long imageId = id++;
      if (damage.isEmpty()) {
        try {
          if (i == 0) {
            in.seek(records.position(), records.skipped());
          }
          if (in.next()) {
            return EncodedImage.file(imageId, place + ":" + in.key(), label, in.value());
          }
          damage = "cannot be read: the file ends before it";
        } catch (EOFException | ChecksumException | ZipException e) {
          // What lies behind damage cannot be told from damage.
          damage = "cannot be read, the file is damaged here or before: " + e.getMessage();
        }
      }
      return EncodedImage.unreadable(imageId, place, label, damage);
    }

    @Override
    public void close() throws IOException {
      if (in != null) {
        in.close();
        in = null;
      }
    }
  }
}
