package org.convoy.spark.input;

import java.io.EOFException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.ZipException;
import org.apache.hadoop.fs.Path;
import org.convoy.spark.storage.Storage;

/** Consecutive pictures of one or several tar archives. */
final class TarSlice implements ImageSlice {
  private static final long serialVersionUID = 1L;

  private final long firstId;
  private final List<TarFiles.Part> parts;

  TarSlice(long firstId, List<TarFiles.Part> parts) {
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
    private TarBytes in;

    Images(Storage storage) {
      this.storage = storage;
    }

    @Override
    public EncodedImage next() throws IOException {
      return advance() ? read(parts.get(part), file++) : null;
    }

    @Override
    public void skip(long count) throws IOException {
      for (long i = 0; i < count && advance(); i++) {
        file++;
        id++;
      }
    }

    /** Opens the archive of the next picture, if there is one. */
    private boolean advance() throws IOException {
      while (file == files) {
        close();
        if (++part == parts.size()) {
          return false;
        }
        file = 0;
        files = parts.get(part).size();
        in = TarBytes.open(storage, new Path(parts.get(part).archive()));
      }
      return true;
    }

    private EncodedImage read(TarFiles.Part pictures, int i) throws IOException {
      String key = pictures.key(i);
      int label = pictures.label(i);
      long imageId = id++;
      if (pictures.size(i) > PictureFile.MAXIMUM_BYTES) {
        return EncodedImage.unreadable(
            imageId,
            key,
            label,
            "cannot be read: longer than " + PictureFile.MAXIMUM_BYTES + " bytes");
      }
      try {
        byte[] content = in.read(pictures.offset(i), (int) pictures.size(i));
        return EncodedImage.file(imageId, key, label, content);
      } catch (EOFException | ZipException e) {
        return EncodedImage.unreadable(imageId, key, label, "cannot be read: " + e.getMessage())
            .because(e);
      }
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
