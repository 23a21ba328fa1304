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
    return new Images(storage, firstId, parts);
  }

  private static final class Images extends PartedImages<SequenceFiles.Part, SequenceRecords> {
    private final Storage storage;
    private String damage = "";

    Images(Storage storage, long firstId, List<SequenceFiles.Part> parts) {
      super(firstId, parts);
      this.storage = storage;
    }

    @Override
    SequenceRecords open(SequenceFiles.Part records) throws IOException {
      damage = "";
      return SequenceRecords.open(storage, new Path(records.file()));
    }

    /** Where a record begins is known when the one before it is read. */
    @Override
    void pass(SequenceRecords in, SequenceFiles.Part records, int i, int count) throws IOException {
      for (int record = i; record < i + count; record++) {
        advance(in, records, record);
      }
    }

    @Override
    EncodedImage read(SequenceRecords in, SequenceFiles.Part records, int i, long id)
        throws IOException {
      String place = records.file() + "#" + (records.first() + i);
      int label = records.label(i);
      advance(in, records, i);
      if (damage.isEmpty()) {
        try {
          return EncodedImage.file(id, place + ":" + in.key(), label, in.value());
        } catch (EOFException | ChecksumException | ZipException e) {
          damage = damage(e);
        }
      }
      return EncodedImage.unreadable(id, place, label, damage);
    }

    /** Goes to a record; what lies behind damage cannot be told from damage. */
    private void advance(SequenceRecords in, SequenceFiles.Part records, int i) throws IOException {
      if (!damage.isEmpty()) {
        return;
      }
      try {
        if (i == 0) {
          in.seek(records.position(), records.skipped());
        }
        if (!in.next()) {
          damage = "cannot be read: the file ends before it";
        }
      } catch (EOFException | ChecksumException | ZipException e) {
        damage = damage(e);
      }
    }

    private static String damage(IOException e) {
      return "cannot be read, the file is damaged here or before: " + e.getMessage();
    }
  }
}
