package org.convoy.spark.run;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.convoy.spark.config.DataOptions;
import org.convoy.spark.input.ImagePreparation;
import org.convoy.spark.input.ImageSet;
import org.convoy.spark.input.InputException;
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

  /** Brings sets together that are open; nothing if they cannot be brought to one shape. */
  static Optional<TrainingImages> of(
      ImageSet train, Optional<ImageSet> test, DataOptions data, PlanProblems problems)
      throws IOException {
    List<String> classes = train.summary().classes();
    Optional<ImageSet> judged =
        test.isPresent() ? problems.tried(() -> test.get().withClasses(classes)) : Optional.empty();
    return problems
        .tried(() -> preparation(train, data))
        .map(preparation -> new TrainingImages(train, judged, preparation));
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
