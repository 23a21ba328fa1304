package org.convoy.spark.run;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.convoy.augment.PixelPipeline;
import org.convoy.augment.Views;
import org.convoy.backend.Backends;
import org.convoy.description.Nearest;
import org.convoy.image.Image;
import org.convoy.image.ImageResizer;
import org.convoy.image.ImageSize;
import org.convoy.image.codec.DecodingOptions;
import org.convoy.image.codec.PictureDecoder;
import org.convoy.nn.Network;
import org.convoy.predict.Classifier;
import org.convoy.predict.ScoredClass;
import org.convoy.spark.input.InputException;
import org.convoy.spark.storage.OutputDirectory;
import org.convoy.spark.storage.Storage;
import org.convoy.tensor.Shape;
import org.convoy.visual.ContactSheet;
import org.convoy.visual.EvidenceSheet;
import org.convoy.visual.FeatureSheet;
import org.convoy.visual.FilterSheet;
import org.convoy.visual.Inspector;
import org.convoy.visual.LookedAtLayers;

/** Shows what a saved model has learned, and what it sees in one picture, as sheets of pictures. */
public final class VisualizationRun {
  /** Classes shown where none is asked for. */
  private static final int LIKELIEST = 3;

  private final Storage storage;
  private final SavedModel model;
  private final Image decoded;
  private final Choice choice;

  /**
   * What is to be shown.
   *
   * @param layers names of layers whose maps are shown; the last of each size if there are none
   * @param shownClass name or number of the class that the heat map is for; the likeliest ones
   *     unless given
   * @param evidenceLayer layer that the heat map is made at; the last convolution's unless given
   * @param limit most tiles of one sheet, at least 1
   */
  public record Choice(
      List<String> layers, Optional<String> shownClass, Optional<String> evidenceLayer, int limit) {
    public Choice {
      layers = List.copyOf(layers);
      if (limit < 1) {
        throw new IllegalArgumentException("the limit must be at least 1 tile, got " + limit);
      }
    }
  }

  /**
   * What was found, for whoever reads it.
   *
   * @param resized how the picture was brought to the model's size, empty if it had it
   * @param likeliest classes with their probabilities, likeliest first
   * @param files that were written
   */
  public record Outcome(String resized, List<String> likeliest, List<String> files) {
    public Outcome {
      likeliest = List.copyOf(likeliest);
      files = List.copyOf(files);
    }
  }

  private VisualizationRun(Storage storage, SavedModel model, Image decoded, Choice choice) {
    this.storage = storage;
    this.model = model;
    this.decoded = decoded;
    this.choice = choice;
  }

  /**
   * Reads model and picture, and checks that they have what is to be shown.
   *
   * @param location of the model
   * @param picture where the picture lies
   * @throws IOException if the one is no model, or the other cannot be decoded
   * @throws IllegalArgumentException if there is no such layer or class, or it gives no maps
   */
  public static VisualizationRun prepare(
      Storage storage, String location, String picture, Choice choice) throws IOException {
    SavedModel model = SavedModel.read(storage, location);
    if (model.pixels().volume().isPresent()) {
      throw new InputException(
          String.format(
              "%s was trained on volumes; only what networks see in pictures can be shown",
              location));
    }
    int channels = model.pixels().shape().size(0);
    Image decoded =
        new PictureFiles(storage)
            .read(picture, new PictureDecoder(channels, DecodingOptions.DEFAULT));
    VisualizationRun run = new VisualizationRun(storage, model, decoded, choice);
    Network network = run.model.network();
    List<String> maps = LookedAtLayers.maps(network);
    List<String> asked = new ArrayList<>(choice.layers());
    choice.evidenceLayer().ifPresent(asked::add);
    for (String layer : asked) {
      Shape shape = network.shapeOf(layer);
      if (!maps.contains(layer)) {
        throw new IllegalArgumentException(
            String.format(
                "layer %s gives %s and no maps; layers with maps: %s",
                layer, shape, String.join(", ", maps)));
      }
    }
    choice.shownClass().ifPresent(run::classIndex);
    return run;
  }

  /** Writes one sheet of filters, one for each layer's maps, and one of evidence. */
  public Outcome execute(OutputDirectory directory) throws IOException {
    PictureFiles files = new PictureFiles(storage);
    ImageResizer resizer = resizer(model.pixels().shape());
    Image image = resizer.resize(decoded);
    PixelPipeline pipeline = model.pixels().pipeline();
    Inspector inspector =
        new Inspector(model.network(), model.parameters(), pipeline, Backends.best());
    inspector.look(image);
    List<ScoredClass> classes = classify(image, pipeline);
    List<String> written = new ArrayList<>();
    save(files, directory, "filters.png", filters(), written);
    List<String> layers =
        choice.layers().isEmpty() ? LookedAtLayers.stages(model.network()) : choice.layers();
    for (String layer : layers) {
      ContactSheet sheet = FeatureSheet.of(layer, inspector.output(layer), choice.limit());
      save(files, directory, "maps-" + layer + ".png", sheet, written);
    }
    save(files, directory, "heat-map.png", evidence(inspector, image, classes), written);
    return new Outcome(
        decoded.shape().equals(image.shape()) ? "" : resized(decoded, image, resizer),
        likeliest(classes),
        written);
  }

  private ContactSheet filters() {
    String layer = LookedAtLayers.filters(model.network());
    return FilterSheet.of(layer, model.parameters().get(layer + ".weight"), choice.limit());
  }

  private ContactSheet evidence(Inspector inspector, Image image, List<ScoredClass> classes) {
    String layer = choice.evidenceLayer().orElseGet(() -> LookedAtLayers.evidence(model.network()));
    int wanted = choice.shownClass().map(this::classIndex).orElse(-1);
    List<EvidenceSheet.Evidence> found = new ArrayList<>();
    for (ScoredClass scored : classes) {
      if (scored.index() == wanted || (wanted < 0 && found.size() < LIKELIEST)) {
        found.add(
            new EvidenceSheet.Evidence(
                model.classes().get(scored.index()),
                scored.probability(),
                inspector.evidence(layer, scored.index())));
      }
    }
    return EvidenceSheet.of(layer, inspector.seen(image), found);
  }

  /** All classes, likeliest first. */
  private List<ScoredClass> classify(Image image, PixelPipeline pipeline) {
    Classifier classifier =
        new Classifier(
            model.network(),
            model.parameters(),
            pipeline,
            Views.SINGLE,
            model.scores(),
            model.classes().size(),
            Backends.best(),
            1);
    return classifier.classify(List.of(image), classifier.classCount()).get(0);
  }

  private List<String> likeliest(List<ScoredClass> classes) {
    return classes.stream()
        .limit(LIKELIEST)
        .map(
            scored ->
                String.format(
                    Locale.ROOT,
                    "%s %.1f %%",
                    model.classes().get(scored.index()),
                    100 * scored.probability()))
        .toList();
  }

  /** As in training; a model that saw one size alone gets the middle of any picture. */
  private ImageResizer resizer(Shape wanted) {
    ImageSize size = new ImageSize(wanted.size(1), wanted.size(2));
    return model.pixels().resize().orElse(new ImageResizer(size, ImageResizer.Fit.CROP));
  }

  private static String resized(Image from, Image to, ImageResizer resizer) {
    return String.format(
        Locale.ROOT,
        "%dx%d to %dx%d (height x width, %s)",
        from.height(),
        from.width(),
        to.height(),
        to.width(),
        resizer.fit().name().toLowerCase(Locale.ROOT));
  }

  private int classIndex(String named) {
    int index = model.classes().indexOf(named);
    if (index < 0 && named.matches("[0-9]{1,9}")) {
      index = Integer.parseInt(named);
    }
    if (index < 0 || index >= model.classes().size()) {
      throw new IllegalArgumentException(
          String.format(
              "the model knows no class '%s'%s; expected a name or a number in 0..%d",
              named, Nearest.suggestion(named, model.classes()), model.classes().size() - 1));
    }
    return index;
  }

  private static void save(
      PictureFiles files,
      OutputDirectory directory,
      String name,
      ContactSheet sheet,
      List<String> written)
      throws IOException {
    files.write(directory.resolve(name), sheet.draw());
    written.add(name);
  }
}
