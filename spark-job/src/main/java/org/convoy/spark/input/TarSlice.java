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
    return new Images(storage, firstId, parts);
  }

  private static final class Images extends PartedImages<TarFiles.Part, TarBytes> {
    private final Storage storage;

    Images(Storage storage, long firstId, List<TarFiles.Part> parts) {
      super(firstId, parts);
      this.storage = storage;
    }

    @Override
    TarBytes open(TarFiles.Part pictures) throws IOException {
      return TarBytes.open(storage, new Path(pictures.archive()));
    }

    @Override
    EncodedImage read(TarBytes in, TarFiles.Part pictures, int i, long id) throws IOException {
      String key = pictures.key(i);
      int label = pictures.label(i);
      if (pictures.size(i) > PictureFile.MAXIMUM_BYTES) {
        return EncodedImage.unreadable(
            id, key, label, "cannot be read: longer than " + PictureFile.MAXIMUM_BYTES + " bytes");
      }
      try {
        byte[] content = in.read(pictures.offset(i), (int) pictures.size(i));
        return EncodedImage.file(id, key, label, content);
      } catch (EOFException | ZipException e) {
        return EncodedImage.unreadable(id, key, label, "cannot be read: " + e.getMessage())
            .because(e);
      }
    }
  }
}
