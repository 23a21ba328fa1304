package org.convoy.spark.input;

import java.io.IOException;
import org.apache.hadoop.fs.Path;
import org.convoy.data.Annotation;
import org.convoy.spark.storage.Storage;

/** Consecutive pictures of a list. */
final class ListedSlice implements ImageSlice {
  private static final long serialVersionUID = 1L;

  private final long firstId;
  private final String[] paths;
  private final Annotation[] annotations;
  private final String[] problems;

  ListedSlice(long firstId, String[] paths, Annotation[] annotations, String[] problems) {
    this.firstId = firstId;
    this.paths = paths;
    this.annotations = annotations;
    this.problems = problems;
  }

  @Override
  public EncodedImages open(Storage storage) {
    return new Images(storage);
  }

  private final class Images implements EncodedImages {
    private final Storage storage;
    private int position;

    Images(Storage storage) {
      this.storage = storage;
    }

    @Override
    public EncodedImage next() throws IOException {
      if (position == paths.length) {
        return null;
      }
      int i = position++;
      if (!problems[i].isEmpty()) {
        return EncodedImage.unreadable(firstId + i, paths[i], annotations[i], problems[i]);
      }
      return PictureFile.read(storage, firstId + i, new Path(paths[i]), annotations[i]);
    }

    @Override
    public void skip(long count) {
      position = (int) Math.min(paths.length, position + count);
    }

    @Override
    public void close() {}
  }
}
