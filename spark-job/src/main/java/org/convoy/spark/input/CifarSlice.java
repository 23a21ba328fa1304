package org.convoy.spark.input;

import java.io.IOException;
import java.util.ArrayList;
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
  private final List<String> files = new ArrayList<>();
  private final List<Long> starts = new ArrayList<>();
  private final List<Long> counts = new ArrayList<>();

  CifarSlice(CifarFormat format, long firstId) {
    this.format = format;
    this.firstId = firstId;
  }

  /** Continues the slice with {@code count} records of a file, from record {@code start}. */
  void add(String file, long start, long count) {
    files.add(file);
    starts.add(start);
    counts.add(count);
  }

  @Override
  public EncodedImages open(Storage storage) {
    return new Images(storage);
  }

  private final class Images implements EncodedImages {
    private final Storage storage;
    private int part = -1;
    private long record;
    private long end;
    private long id = firstId;
    private CifarReader in;

    Images(Storage storage) {
      this.storage = storage;
    }

    @Override
    public EncodedImage next() throws IOException {
      while (record == end) {
        close();
        if (++part == files.size()) {
          return null;
        }
        openPart();
      }
      byte[] pixels = new byte[CifarReader.IMAGE.elementCount()];
      if (!in.next(pixels, 0)) {
        throw new IOException(
            files.get(part) + " changed while it was read: it has fewer records now");
      }
      String key = files.get(part) + "#" + record++;
      return EncodedImage.pixels(id++, key, in.label(), CifarReader.IMAGE, pixels);
    }

    private void openPart() throws IOException {
      String file = files.get(part);
      record = starts.get(part);
      end = record + counts.get(part);
      in = CifarReader.open(storage.open(new Path(file)), file, format);
      in.skip(record);
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
