package org.convoy.spark.run;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.hadoop.fs.Path;
import org.convoy.augment.Augmentations;
import org.convoy.augment.PixelPipeline;
import org.convoy.augment.Views;
import org.convoy.checkpoint.Model;
import org.convoy.checkpoint.ModelFile;
import org.convoy.checkpoint.ModelFileException;
import org.convoy.checkpoint.ModelInfo;
import org.convoy.data.Annotation;
import org.convoy.description.Default;
import org.convoy.description.DescriptionException;
import org.convoy.description.Json;
import org.convoy.description.RecordCodec;
import org.convoy.image.ImageDecoder;
import org.convoy.image.ImageResizer;
import org.convoy.image.RgbColor;
import org.convoy.image.codec.DecodingOptions;
import org.convoy.image.codec.VolumeForm;
import org.convoy.nn.Loss;
import org.convoy.nn.Network;
import org.convoy.nn.Parameters;
import org.convoy.nn.loss.CrossEntropy;
import org.convoy.nn.loss.Losses;
import org.convoy.predict.Classifier;
import org.convoy.spark.config.DataOptions;
import org.convoy.spark.input.ImagePreparation;
import org.convoy.spark.input.ImageSet;
import org.convoy.spark.input.InputException;
import org.convoy.spark.storage.Storage;
import org.convoy.tensor.Shape;
import org.convoy.tensor.ShapeException;
import org.convoy.train.Objective;

/**
 * A model file with all that is needed to use it: the network, its numbers, its classes, and the
 * way from a picture's bytes to the network's input.
 *
 * @param pixels decoding and preparation as in training
 * @param loss as in training
 * @param objective what the network says of an image
 */
record SavedModel(
    Network network,
    Parameters parameters,
    List<String> classes,
    Pixels pixels,
    Loss loss,
    Objective objective,
    int epochs) {
  private static final RecordCodec CODEC =
      new RecordCodec(List.of(Augmentations.registry(), Losses.registry()));
  private static final String LOSS = "loss";
  private static final String OBJECTIVE = "objective";

  /**
   * From bytes to input.
   *
   * @param image shape of the decoded images, channels x height x width
   * @param resize how they came to have it, if they had to be resized
   * @param background below transparent pixels
   * @param volume how files became volumes, if they did
   */
  record Pixels(
      String image,
      Optional<ImageResizer> resize,
      PixelPipeline pipeline,
      @Default("\"white\"") RgbColor background,
      Optional<VolumeForm> volume) {
    /** On white. */
    Pixels(String image, Optional<ImageResizer> resize, PixelPipeline pipeline) {
      this(image, resize, pipeline, RgbColor.WHITE, Optional.empty());
    }

    Shape shape() {
      return Shape.parse(image);
    }

    private ImageDecoder decoder(DataOptions data) {
      int channels = shape().size(0) / volume.map(VolumeForm::frames).orElse(1);
      return DataOptions.decoder(
          channels,
          volume,
          new DecodingOptions(
              data.maxPixels(), data.background().orElse(background), data.truncated()));
    }

    /**
     * Checks that views of the images differ.
     *
     * @throws ShapeException if they do not
     */
    void check(Views views) {
      views.check(pipeline, shape());
    }

    /**
     * Decodes as in training, unless the data is to be resized in another way.
     *
     * @throws ShapeException if that way does not lead to the shape of training
     */
    ImagePreparation preparation(DataOptions data) {
      Optional<ImageResizer> resizer = data.resize().or(() -> resize);
      ImagePreparation preparation =
          resizer
              .map(way -> ImagePreparation.resizing(shape().size(0), way, decoder(data)))
              .orElseGet(() -> ImagePreparation.exact(shape(), decoder(data)));
      if (!preparation.shape().equals(shape())) {
        throw new ShapeException(
            String.format(
                "data.resize gives images of %s, but the model was trained on %s;"
                    + " leave data.resize out or set its size to that",
                preparation.shape(), shape()));
      }
      return preparation;
    }
  }

  /**
   * What a training run has learned.
   *
   * @param epochs that have ended
   */
  static SavedModel of(TrainingPlan plan, Parameters parameters, int epochs) {
    Pixels pixels =
        new Pixels(
            plan.setup().image().toString(),
            plan.options().data().resize(),
            plan.setup().pipeline(),
            plan.options().data().decoding().background(),
            plan.options().data().volume());
    return new SavedModel(
        plan.setup().network(),
        parameters,
        plan.train().summary().classes(),
        pixels,
        plan.setup().loss(),
        plan.setup().objective(),
        epochs);
  }

  /**
   * Writes the file: there as a whole, or not at all.
   *
   * @return SHA-256 of its bytes, in hexadecimal
   */
  String write(Storage storage, Path file) throws IOException {
    Map<String, String> notes =
        Map.of(
            LOSS, Json.write(CODEC.describe(Losses.registry(), loss)),
            OBJECTIVE, objective.text());
    String way = Json.write(CODEC.describeRecord(pixels));
    ModelInfo info = new ModelInfo(classes, way, epochs, Versions.convoy(), notes);
    Model model = new Model(network, parameters, info);
    String[] hash = new String[1];
    storage.write(file, out -> hash[0] = ModelFile.write(out, model));
    return hash[0];
  }

  /**
   * Reads a file.
   *
   * @throws IOException if there is none, or it is damaged, or not written by a training run
   */
  static SavedModel read(Storage storage, String location) throws IOException {
    Path path = storage.resolve(location);
    if (!storage.exists(path)) {
      throw new ModelFileException("model " + path + ": there is no such file");
    }
    if (storage.status(path).isDirectory()) {
      throw new ModelFileException(
          "model " + path + ": this is a directory; expected a file, as its model.safetensors");
    }
    long size = storage.status(path).getLen();
    try (InputStream in = new BufferedInputStream(storage.open(path))) {
      return of(ModelFile.read(in, path.toString(), size), path);
    } catch (DescriptionException e) {
      throw new ModelFileException(path + ": the metadata is damaged: " + e.getMessage(), e);
    }
  }

  private static SavedModel of(Model model, Path path) throws ModelFileException {
    ModelInfo info = model.info();
    if (info.pixels().isEmpty() || info.classNames().isEmpty()) {
      throw new ModelFileException(
          path + ": the file does not say how images are prepared, or what its classes are called");
    }
    Pixels pixels = CODEC.readRecord(Pixels.class, Json.parseObject(info.pixels()), "pixels");
    return new SavedModel(
        model.network(),
        model.parameters(),
        info.classNames(),
        pixels,
        lossOf(info),
        objectiveOf(info, path),
        info.epochs());
  }

  /** Files of older versions do not say it: they knew of images of one class alone. */
  private static Objective objectiveOf(ModelInfo info, Path path) throws ModelFileException {
    String text = info.notes().get(OBJECTIVE);
    try {
      return text == null ? Objective.CLASS : Objective.ofText(text);
    } catch (IllegalArgumentException e) {
      throw new ModelFileException(
          path + ": the model is of a kind that this version does not know: " + text, e);
    }
  }

  /**
   * Checks that images are annotated with what the network says.
   *
   * @param key the option that names the images
   * @throws InputException if they are not
   */
  void requireObjective(String key, ImageSet images) throws InputException {
    Annotation.Kind kind = images.summary().kind();
    boolean fits;
    try {
      fits = Objective.of(kind, loss) == objective;
    } catch (IllegalArgumentException e) {
      fits = false;
    }
    if (!fits) {
      throw new InputException(
          String.format(
              "%s: the images have %s, but the model was trained to say %s of each",
              key, kind, objective.words()));
    }
  }

  /** What its outputs say of classes. */
  Classifier.Kind scores() {
    return switch (objective) {
      case CLASS -> Classifier.Kind.ONE_CLASS;
      case CLASSES -> Classifier.Kind.ANY_CLASSES;
      case CLASS_AND_BOX -> Classifier.Kind.CLASS_AND_BOX;
    };
  }

  private static Loss lossOf(ModelInfo info) {
    String described = info.notes().get(LOSS);
    return described == null
        ? new CrossEntropy()
        : CODEC.read(Losses.registry(), Json.parse(described), LOSS);
  }
}
