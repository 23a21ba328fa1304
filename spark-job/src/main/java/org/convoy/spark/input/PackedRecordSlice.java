package org.convoy.spark.input;

import java.io.EOFException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.fs.ChecksumException;
import org.apache.hadoop.fs.Path;
import org.convoy.data.Annotation;
import org.convoy.spark.storage.Storage;

/** Consecutive records of one or several packed sequence files. */
final class PackedRecordSlice implements ImageSlice {
  private static final long serialVersionUID = 1L;

  private final long firstId;
  private final RowLabels labels;
  private final List<RecordPart> parts;
  private final boolean pictures;

  PackedRecordSlice(long firstId, RowLabels labels, List<RecordPart> parts) {
    this(firstId, labels, parts, /* pictures= */ true);
  }

  private PackedRecordSlice(
      long firstId, RowLabels labels, List<RecordPart> parts, boolean pictures) {
    this.firstId = firstId;
    this.labels = labels;
    this.parts = new ArrayList<>(parts);
    this.pictures = pictures;
  }

  /** The same records, with all but their pictures: those cannot be read. */
  PackedRecordSlice withoutPictures() {
    return new PackedRecordSlice(firstId, labels, parts, /* pictures= */ false);
  }

  @Override
  public EncodedImages open(Storage storage) {
    return new Images(storage);
  }

  private final class Images extends PartedImages<RecordPart, SequenceRecords> {
    private final Storage storage;
    private String damage = "";

    Images(Storage storage) {
      super(firstId, parts);
      this.storage = storage;
    }

    @Override
    SequenceRecords open(RecordPart records) throws IOException {
      damage = "";
      SequenceRecords in = SequenceRecords.open(storage, new Path(records.file()));
      pass(in, records, 0, records.first());
      return in;
    }

    @Override
    void pass(SequenceRecords in, RecordPart records, int i, int count) throws IOException {
      for (int record = 0; record < count; record++) {
        advance(in);
      }
    }

    @Override
    EncodedImage read(SequenceRecords in, RecordPart records, int i, long id) throws IOException {
      advance(in);
      if (damage.isEmpty()) {
        try {
          return image(in, id);
        } catch (EOFException | ChecksumException e) {
          damage = damage(e);
        }
      }
      String place = records.file() + "#" + (records.first() + i);
      return EncodedImage.unreadable(id, place, Annotation.UNKNOWN, damage);
    }

    private EncodedImage image(SequenceRecords in, long id) throws IOException {
      PackedKey key = PackedKey.parse(in.key());
      byte[] content = pictures ? in.value() : null;
      Optional<String> problem =
          pictures ? PackedRecords.problem(content) : Optional.of("not read");
      List<String> label = key.label().stream().toList();
      TableRow row =
          new TableRow(
              key.key(), problem.isPresent() ? null : content, label, List::of, problem.orElse(""));
      return row.image(id, labels, Optional.empty());
    }

    private void advance(SequenceRecords in) throws IOException {
      if (!damage.isEmpty()) {
        return;
      }
      try {
        if (!in.next()) {
          damage = "cannot be read: the file ends before it";
        }
      } catch (EOFException | ChecksumException e) {
        damage = damage(e);
      }
    }

    private static String damage(IOException e) {
      return "cannot be read, the file is damaged here or before: " + e.getMessage();
    }
  }
}
