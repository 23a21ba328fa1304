package org.convoy.spark.run;

import java.io.IOException;
import org.convoy.spark.input.ImageSet;
import org.convoy.spark.input.ImageSource;
import org.convoy.spark.progress.ListingProgress;
import org.convoy.spark.progress.ProgressView;
import org.convoy.spark.storage.Storage;

/** Opens sources of images, and shows how that goes where it takes long. */
final class OpenedSources {
  private final Storage storage;
  private final ProgressView view;

  OpenedSources(Storage storage, ProgressView view) {
    this.storage = storage;
    this.view = view;
  }

  /**
   * Opens one.
   *
   * @param key of the recipe that names it
   */
  ImageSet open(String key, ImageSource source) throws IOException {
    ListingProgress progress = new ListingProgress("listing " + key, view, System::nanoTime);
    ImageSet images = source.open(storage, progress::found);
    progress.end(images.summary().count());
    return images;
  }
}
