package org.convoy.spark.input;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.convoy.data.Annotation;
import org.convoy.spark.storage.Storage;

/** What images are called, and what they show; on the driver. */
public interface ImageCatalogue {
  /**
   * What an image is called wherever its source lies: the same when the source is moved, or gets
   * more images.
   */
  String name(long id);

  /** Its class, the first of several; {@link Annotation#NO_LABEL} if there is none. */
  int label(long id);

  /** The first of an image's classes. */
  static int label(Annotation annotation) {
    return annotation.labelCount() == 0 ? Annotation.NO_LABEL : annotation.label(0);
  }

  /** Reads all images of a slice from id 0; an image is called by the end of its key. */
  static ImageCatalogue read(ImageSlice slice, Storage storage) throws IOException {
    List<String> names = new ArrayList<>();
    List<Integer> labels = new ArrayList<>();
    try (EncodedImages images = slice.open(storage)) {
      for (EncodedImage image = images.next(); image != null; image = images.next()) {
        names.add(image.key().substring(image.key().lastIndexOf('/') + 1));
        labels.add(label(image.annotation()));
      }
    }
    return of(names, labels);
  }

  /**
   * Images that files hold one after another, called by their file and their place in it.
   *
   * @param files their names, without folders
   * @param labels of each file's images
   */
  static ImageCatalogue numbered(List<String> files, List<int[]> labels) {
    List<String> names = new ArrayList<>();
    List<Integer> all = new ArrayList<>();
    for (int file = 0; file < files.size(); file++) {
      int[] some = labels.get(file);
      for (int i = 0; i < some.length; i++) {
        names.add(files.get(file) + "#" + i);
        all.add(some[i]);
      }
    }
    return of(names, all);
  }

  /** From lists by id. */
  static ImageCatalogue of(List<String> names, List<Integer> labels) {
    return new ImageCatalogue() {
      @Override
      public String name(long id) {
        return names.get(Math.toIntExact(id));
      }

      @Override
      public int label(long id) {
        return labels.get(Math.toIntExact(id));
      }
    };
  }
}
