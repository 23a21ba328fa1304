package org.convoy.spark.run;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.convoy.spark.config.DataOptions;
import org.convoy.spark.input.ImagePreparation;
import org.convoy.spark.input.ImageSet;
import org.convoy.spark.input.ImageSource;
import org.convoy.spark.input.InputException;
import org.convoy.spark.progress.ProgressView;
import org.convoy.spark.storage.Storage;
import org.convoy.tensor.Shape;

/**
 * The images of a run, opened, and how each of them is brought to one shape.
 *
 * @param train to learn from
 * @param test to judge by, of the same classes
 * @param preparation of both
 */
record TrainingImages(ImageSet train, Optional<ImageSet> test, ImagePreparation preparation) {
  private static final int COLOR = 3;

  /**
   * Opens what the options name.
   *
   * @param view where opening is shown if it takes long
   * @throws InputException with all that is wrong
   */
  static TrainingImages open(DataOptions data, Storage storage, ProgressView view)
      throws IOException {
    OpenedSources sources = new OpenedSources(storage, view);
    List<String> problems = new ArrayList<>();
    Optional<ImageSet> train = open("data.train", data.train(), sources, problems);
    Optional<ImageSet> test = open("data.test", data.test(), sources, problems);
    train
        .filter(set -> !set.summary().isLabeled())
        .ifPresent(set -> problems.add("data.train: the images have no labels to learn from"));
    if (!problems.isEmpty()) {
      throw new InputException(problems);
    }
    return of(train.orElseThrow(), test, data);
  }

  private static Optional<ImageSet> open(
      String key, Optional<ImageSource> source, OpenedSources sources, List<String> problems)
      throws IOException {
    try {
      return source.isPresent() ? Optional.of(sources.open(key, source.get())) : Optional.empty();
    } catch (InputException e) {
      e.problems().forEach(problem -> problems.add(key + ": " + problem));
      return Optional.empty();
    }
  }

  /** Those that are open already; what options say of sources is not looked at. */
  static TrainingImages of(ImageSet train, Optional<ImageSet> test, DataOptions data)
      throws IOException {
    Optional<ImageSet> judged = Optional.empty();
    if (test.isPresent()) {
      judged = Optional.of(test.get().withClasses(train.summary().classes()));
    }
    return new TrainingImages(train, judged, preparation(train, data));
  }

  /** How training brings images of this set to one shape. */
  static ImagePreparation preparation(ImageSet images, DataOptions data) throws IOException {
    int own = images.summary().imageShape().map(shape -> shape.size(0)).orElse(COLOR);
    int usual = own == 1 || own == COLOR ? own : Math.max(1, own / data.frames());
    int channels = data.channels().orElse(usual);
    requireVolumes(images, channels, data);
    return ImagePreparation.of(
        images,
        channels * data.frames(),
        data.resize(),
        DataOptions.decoder(channels, data.volume(), data.decoding()));
  }

  /** Of packed volumes it is known how many planes they have. */
  private static void requireVolumes(ImageSet images, int channels, DataOptions data)
      throws InputException {
    Shape shape = images.summary().imageShape().orElse(null);
    boolean volumes = shape != null && shape.size(0) != 1 && shape.size(0) != COLOR;
    if (volumes && shape.size(0) != channels * data.frames()) {
      throw new InputException(
          String.format(
              "the images are volumes of %s (channels and frames x height x width), but data.channels"
                  + " = %d and %s make %d planes; set both as they were when the images were packed",
              shape,
              channels,
              data.volume().isPresent()
                  ? "data.volume.frames = " + data.frames()
                  : "no data.volume",
              channels * data.frames()));
    }
  }
}
