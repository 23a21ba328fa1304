package org.convoy.spark.input;

import java.io.IOException;
import java.io.Serializable;
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
  private final List<Part> parts;

  /** Some records of one file. */
  static final class Part implements Serializable, FilePart<Part> {
    private static final long serialVersionUID = 1L;

    private final String file;
    private final long first;
    private final int count;

    /** All records of a file. */
    Part(String file, int count) {
      this(file, 0, count);
    }

    private Part(String file, long first, int count) {
      this.file = file;
      this.first = first;
      this.count = count;
    }

    @Override
    public int size() {
      return count;
    }

    @Override
    public Part range(int from, int to) {
      return new Part(file, first + from, to - from);
    }
  }

  CifarSlice(CifarFormat format, long firstId, List<Part> parts) {
    this.format = format;
    this.firstId = firstId;
    this.parts = parts;
  }

  @Override
  public EncodedImages open(Storage storage) {
    return new Images(storage);
  }

  private final class Images extends PartedImages<Part, CifarReader> {
    private final Storage storage;

    Images(Storage storage) {
      super(firstId, parts);
      this.storage = storage;
    }

    @Override
    CifarReader open(Part records) throws IOException {
      CifarReader in = CifarReader.open(storage.open(new Path(records.file)), records.file, format);
      try {
        in.skip(records.first);
        return in;
      } catch (IOException | RuntimeException e) {
        in.close();
        throw e;
      }
    }

    @Override
    void pass(CifarReader in, Part records, int i, int count) throws IOException {
      in.skip(count);
    }

    @Override
    EncodedImage read(CifarReader in, Part records, int i, long id) throws IOException {
      byte[] pixels = new byte[CifarReader.IMAGE.elementCount()];
      if (!in.next(pixels, 0)) {
        throw new IOException(
            records.file + " changed while it was read: it has fewer records now");
      }
      String key = records.file + "#" + (records.first + i);
      return EncodedImage.pixels(id, key, in.label(), CifarReader.IMAGE, pixels);
    }
  }
}
