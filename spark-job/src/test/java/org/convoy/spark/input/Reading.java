package org.convoy.spark.input;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.convoy.spark.storage.Storage;

/** Reads sources without Spark. */
final class Reading {
  static final Storage STORAGE = new Storage(new Configuration());

  private Reading() {}

  static ImageSet open(ImageSource source) throws IOException {
    return source.open(STORAGE);
  }

  /** All images, read in that many slices. */
  static List<EncodedImage> read(ImageSet set, int slices) throws IOException {
    List<EncodedImage> read = new ArrayList<>();
    for (ImageSlice slice : set.sliced().slices(slices)) {
      try (EncodedImages images = slice.open(STORAGE)) {
        EncodedImage image = images.next();
        while (image != null) {
          read.add(image);
          image = images.next();
        }
      }
    }
    return read;
  }
}
