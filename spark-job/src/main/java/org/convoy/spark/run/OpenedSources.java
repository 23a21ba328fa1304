package org.convoy.spark.run;

import java.io.IOException;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.convoy.spark.input.ImageSet;
import org.convoy.spark.input.ImageSource;
import org.convoy.spark.input.InputException;
import org.convoy.spark.progress.ListingProgress;
import org.convoy.spark.progress.ProgressView;
import org.convoy.spark.storage.Storage;
import org.convoy.spark.storage.StorageException;

/** Opens sources of images, and shows how that goes where it takes long. */
final class OpenedSources {
  private final Storage storage;
  private final ProgressView view;

  OpenedSources(Storage storage, ProgressView view) {
    this.storage = storage;
    this.view = view;
  }

  /**
   * Opens one, if it is given.
   *
   * @param key of the recipe that names it
   * @param problems takes what is wrong with it
   */
  Optional<ImageSet> open(String key, Optional<ImageSource> source, PlanProblems problems)
      throws IOException {
    try {
      return source.isPresent() ? Optional.of(open(key, source.get())) : Optional.empty();
    } catch (InputException e) {
      problems.add(new InputException(e.problems().stream().map(inside(key)).toList()));
      return Optional.empty();
    } catch (StorageException e) {
      problems.add(new InputException(inside(key).apply(e.getMessage())));
      return Optional.empty();
    }
  }

  private static UnaryOperator<String> inside(String key) {
    return problem -> key + ": " + problem;
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
