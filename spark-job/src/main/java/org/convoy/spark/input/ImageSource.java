package org.convoy.spark.input;

import java.io.IOException;
import java.io.Serializable;
import java.util.List;
import org.convoy.spark.storage.Storage;

/**
 * Where images lie and how to read them there: the description in a recipe. A source is a record,
 * registered in {@link ImageSources}.
 */
public interface ImageSource extends Serializable {
  /**
   * Looks at the source from the driver: counts, names classes, checks all that can be checked
   * without decoding pictures.
   *
   * @param watch hears how far that has come, where it may take long
   * @throws InputException if something is wrong with it; the message names everything found
   */
  ImageSet open(Storage storage, ListingWatch watch) throws IOException;

  /** {@link #open(Storage, ListingWatch)}, watched by nobody. */
  default ImageSet open(Storage storage) throws IOException {
    return open(storage, ListingWatch.NONE);
  }

  /** What it reads, as written in the recipe: never to be deleted by a run. */
  List<String> locations();
}
