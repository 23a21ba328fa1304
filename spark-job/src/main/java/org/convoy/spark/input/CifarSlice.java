package org.convoy.spark.input;

import java.io.IOException;
import java.util.List;
import org.apache.hadoop.fs.Path;
import org.convoy.data.cifar.CifarFormat;
import org.convoy.data.cifar.CifarReader;
import org.convoy.spark.storage.Storage;

/** Consecutive images of one or several CIFAR files. */
final class CifarSlice implements ImageSlice {
  private static final long serialVersionUID = 1L;

  private final CifarFormat format;
  private final long firstId;
  private final List<RecordPart> parts;

  CifarSlice(CifarFormat format, long firstId, List<RecordPart> parts) {
    this.format = format;
    this.firstId = firstId;
    this.parts = parts;
  }

  @Override
  public EncodedImages open(Storage storage) {
    return new Images(storage);
  }

  private final class Images extends PartedImages<RecordPart, CifarReader> {
    private final Storage storage;

    Images(Storage storage) {
      super(firstId, parts);
      this.storage = storage;
    }

    @Override
    CifarReader open(RecordPart records) throws IOException {
      CifarReader in =
          CifarReader.open(storage.open(new Path(records.file())), records.file(), format);
      try {
        in.skip(records.first());
        return in;
      } catch (IOException | RuntimeException e) {
        in.close();
        throw e;
      }
    }

    @Override
    void pass(CifarReader in, RecordPart records, int i, int count) throws IOException {
      in.skip(count);
    }

    @Override
    EncodedImage read(CifarReader in, RecordPart records, int i, long id) throws IOException {
      byte[] pixels = new byte[CifarReader.IMAGE.elementCount()];
      if (!in.next(pixels, 0)) {
        throw new IOException(
            records.file() + " changed while it was read: it has fewer records now");
      }
      String key = records.file() + "#" + (records.first() + i);
      return EncodedImage.pixels(id, key, in.label(), CifarReader.IMAGE, pixels);
    }
  }
}
