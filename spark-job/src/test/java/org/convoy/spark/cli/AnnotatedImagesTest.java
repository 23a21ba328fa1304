package org.convoy.spark.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.IntToDoubleFunction;
import javax.imageio.ImageIO;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.convoy.description.Json;
import org.convoy.image.Box;
import org.convoy.random.RandomKey;
import org.convoy.spark.testing.SparkTest;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** From files with several classes or with boxes to models, judged and used. */
@SparkTest
class AnnotatedImagesTest {
  private static final int IMAGES = 160;
  private static final int HEIGHT = 32;
  private static final int WIDTH = 24;
  private static final String DATA =
      """
      data {
        resize { size = [16, 12], fit = stretch }
        channels = 1
        train { type = list, lists = [${here}/LIST], several = SEVERAL }
        test = ${data.train}
        chunkCapacity = 20
      }
      augmentation = [{ type = random-flip }]
      normalization { mean = [0.5], std = [0.25] }
      batchSize = 20
      shards = 2
      evaluateEvery = 0
      learningRate { type = constant, learningRate = 0.03 }
      network { nodes = [
        { name = conv, type = conv2d, outChannels = 8, kernelSize = 3, padding = 1 }
        { name = relu, type = relu }
        { name = pool, type = max-pool2d, kernelSize = 2 }
        { name = flat, type = flatten }
        { name = hidden, type = linear, outFeatures = 40 }
        { name = relu2, type = relu }
      ] }
      """;
  private static final String BOX =
      """
      network.nodes += { name = fc, type = linear, outFeatures = 2 }
      network.nodes += { name = box, type = linear, outFeatures = 4, inputs = [relu2] }
      network.nodes += { name = sigmoid, type = sigmoid }
      network.nodes += { name = output, type = concat, inputs = [fc, sigmoid] }
      loss = { type = weighted-heads, heads = [
        { size = 2, weight = 1, loss = cross-entropy, targets = classes }
        { size = 4, weight = 10, loss = { type = smooth-l1, beta = 0.1 }, targets = values }
      ] }
      epochs = 40
      """;
  private static final String LABELS =
      """
      network.nodes += { name = fc, type = linear, outFeatures = 3 }
      loss = binary-cross-entropy
      epochs = 20
      """;

  @TempDir private Path folder;

  /** Squares in noise, dark or bright; one list says where they are, the other what they are. */
  @BeforeEach
  void drawPictures() throws IOException {
    List<String> boxes = new ArrayList<>();
    List<String> labels = new ArrayList<>();
    for (int i = 0; i < IMAGES; i++) {
      RandomKey key = RandomKey.ofSeed(9).with(i);
      int side = 8 + 2 * (int) key.below(0, 3);
      int top = (int) key.below(1, HEIGHT - side + 1);
      int left = (int) key.below(2, WIDTH - side + 1);
      boolean bright = i % 2 == 0;
      draw(i, new int[] {left, top, side}, bright ? 230 : 20);
      String name = "pictures/" + i + ".png";
      boxes.add(
          String.join(
              ",",
              name,
              bright ? "bright" : "dark",
              "" + left,
              "" + top,
              "" + (left + side),
              "" + (top + side)));
      List<String> there = new ArrayList<>();
      if (bright) {
        there.add("bright");
      }
      if (2 * top + side < HEIGHT) {
        there.add("high");
      }
      if (side > 8) {
        there.add("large");
      }
      labels.add(name + "," + String.join("|", there));
    }
    Files.write(folder.resolve("boxes.csv"), boxes);
    Files.write(folder.resolve("labels.csv"), labels);
  }

  private void draw(int number, int[] square, int brightness) throws IOException {
    BufferedImage picture = new BufferedImage(WIDTH, HEIGHT, BufferedImage.TYPE_BYTE_GRAY);
    for (int y = 0; y < HEIGHT; y++) {
      for (int x = 0; x < WIDTH; x++) {
        int noise = 100 + (int) RandomKey.ofSeed(number).below(y * WIDTH + x, 50);
        picture.getRaster().setSample(x, y, 0, noise);
      }
    }
    Graphics2D graphics = picture.createGraphics();
    graphics.setColor(new Color(brightness, brightness, brightness));
    graphics.fillRect(square[0], square[1], square[2], square[2]);
    graphics.dispose();
    Path file = folder.resolve("pictures/" + number + ".png");
    Files.createDirectories(file.getParent());
    ImageIO.write(picture, "png", file.toFile());
  }

  private String recipe(String name, String list, boolean several, String rest) throws IOException {
    String data = DATA.replace("LIST", list).replace("SEVERAL", "" + several);
    return Files.writeString(folder.resolve(name), data + rest).toString();
  }

  private static CommandLineRun run(SparkSession session, String... arguments) {
    CommandLineRun run = CommandLineRun.in(session, arguments);
    assertThat(run.err()).isEmpty();
    assertThat(run.status()).isZero();
    return run;
  }

  private Map<String, Object> json(String file) throws IOException {
    return Json.parseObject(Files.readString(folder.resolve(file)));
  }

  private static double number(Map<String, Object> result, String key) {
    return ((Number) result.get(key)).doubleValue();
  }

  @Test
  void aClassAndItsBoxAreLearned(SparkSession session) throws IOException {
    String recipe = recipe("boxes.conf", "boxes.csv", false, BOX);

    CommandLineRun train = run(session, "train", recipe, "output.directory=" + folder + "/run");

    assertThat(train.out()).contains("160 images of 2 classes (one class and one box each)");
    Map<String, Object> result = json("run/result.json");
    assertThat(number(result, "testAccuracy")).isGreaterThan(0.95);
    assertThat(number(result, "testMeanIoU")).isGreaterThan(0.5);
    assertThat(number(result, "testFoundBoxes")).isGreaterThan(0.6);
    assertThat(json("run/run.json")).containsEntry("objective", "class-and-box");

    CommandLineRun evaluate =
        run(
            session,
            "evaluate",
            recipe,
            "model=" + folder + "/run/model.safetensors",
            "output.directory=" + folder + "/judged");
    assertThat(evaluate.out()).contains("meanIoU ").contains("localized ");
    Map<String, Object> judged = json("judged/evaluation.json");
    assertThat(judged.get("meanIoU")).isEqualTo(result.get("testMeanIoU"));
    assertThat(judged).containsKeys("confusion", "foundBoxes", "localized", "top2");
    assertThat(number(judged, "mAP50")).isBetween(0.4, number(judged, "foundBoxes") + 0.2);
    assertThat(number(judged, "mAP50To95")).isBetween(0.05, number(judged, "mAP50"));
    assertThat(judged.get("mAP50")).isEqualTo(result.get("testMAP50"));
    assertBoxesAreWritten(session, number(judged, "meanIoU"));

    CommandLineRun other =
        CommandLineRun.of(
            "evaluate",
            recipe("labels.conf", "labels.csv", true, LABELS),
            "model=" + folder + "/run/model.safetensors",
            "data.test.classes=[bright,dark,high,large]");
    assertThat(other.status()).isEqualTo(2);
  }

  /** Compared in pixels of the files, which were stretched to half their size for the network. */
  private void assertBoxesAreWritten(SparkSession session, double meanIoU) throws IOException {
    run(
        session,
        "score",
        "model=" + folder + "/run/model.safetensors",
        "source={type=list,lists=[" + folder + "/boxes.csv]}",
        "output.directory=" + folder + "/scores");
    Dataset<Row> rows = session.read().parquet(folder + "/scores/predictions");
    assertThat(rows.columns())
        .containsExactly(
            "key",
            "id",
            "label",
            "predicted",
            "probability",
            "xmin",
            "ymin",
            "xmax",
            "ymax",
            "top");
    List<String> lines = Files.readAllLines(folder.resolve("boxes.csv"));
    double overlaps = 0;
    for (Row row : rows.collectAsList()) {
      String[] line = lines.get((int) row.getLong(1)).split(",", -1);
      overlaps +=
          overlap(box(i -> Double.parseDouble(line[2 + i])), box(i -> row.getDouble(5 + i)));
    }
    // Written boxes end at the picture's edge, which can only bring them nearer to the true ones.
    assertThat(overlaps / IMAGES).isBetween(meanIoU - 1e-6, meanIoU + 0.02);
  }

  private static Box box(IntToDoubleFunction edges) {
    return new Box(
        edges.applyAsDouble(1),
        edges.applyAsDouble(0),
        edges.applyAsDouble(3),
        edges.applyAsDouble(2));
  }

  private static double overlap(Box a, Box b) {
    double rows = Math.min(a.bottom(), b.bottom()) - Math.max(a.top(), b.top());
    double columns = Math.min(a.right(), b.right()) - Math.max(a.left(), b.left());
    double common = Math.max(0, rows) * Math.max(0, columns);
    return common / (a.area() + b.area() - common);
  }

  @Test
  void boxesInSeveralViewsHaveNoMean() throws IOException {
    CommandLineRun train =
        CommandLineRun.of(
            "train",
            recipe("boxes.conf", "boxes.csv", false, BOX),
            "evaluationViews=mirror",
            "output.directory=" + folder + "/run");

    assertThat(train.status()).isEqualTo(2);
    assertThat(train.err())
        .contains(
            "evaluationViews: boxes in several views of an image have no mean; set evaluationViews"
                + " = single");
  }

  /** Stopped after a step and again within an epoch, and decoded in other parts. */
  private void assertGoesOnToTheSameBytes(SparkSession session, String recipe, String... more)
      throws IOException {
    String whole = "output.directory=" + folder + "/whole";
    String parts = "output.directory=" + folder + "/parts";
    String stop = "maxMinutes=0.00001";
    train(session, recipe, more, whole);
    train(session, recipe, more, parts, stop);
    train(session, recipe, more, parts, stop, "resume=auto", "data.partitions=1");
    CommandLineRun last = train(session, recipe, more, parts, "resume=auto", "data.partitions=3");

    assertThat(last.progress()).anyMatch(line -> line.startsWith("going on after 2 of 16 steps"));
    assertThat(json("parts/result.json").get("modelSha256"))
        .isEqualTo(json("whole/result.json").get("modelSha256"));
  }

  private static CommandLineRun train(
      SparkSession session, String recipe, String[] more, String... others) {
    List<String> words = new ArrayList<>(List.of("train", recipe, "epochs=2"));
    words.addAll(List.of(more));
    words.addAll(List.of(others));
    return run(session, words.toArray(String[]::new));
  }

  @Test
  void aRunWithBoxesGoesOnToTheSameBytes(SparkSession session) throws IOException {
    assertGoesOnToTheSameBytes(session, recipe("boxes.conf", "boxes.csv", false, BOX));
  }

  @Test
  void aRunWithSeveralClassesInMixedPicturesGoesOnToTheSameBytes(SparkSession session)
      throws IOException {
    assertGoesOnToTheSameBytes(
        session,
        recipe("labels.conf", "labels.csv", true, LABELS),
        "mixing={kinds=[{type=mixup,alpha=0.3},{type=cutmix}],chance=0.8}",
        "loss={type=binary-cross-entropy,posWeight=balanced}");
  }

  @Test
  void severalClassesAreLearned(SparkSession session) throws IOException {
    String recipe = recipe("labels.conf", "labels.csv", true, LABELS);

    run(session, "train", recipe, "output.directory=" + folder + "/run");

    Map<String, Object> result = json("run/result.json");
    assertThat(number(result, "testMicroF1")).isGreaterThan(0.8);
    assertThat(result).containsKeys("testMacroF1", "testAccuracy");
    assertThat(Files.readString(folder.resolve("run/metrics.jsonl"))).contains("testMicroF1");

    String model = "model=" + folder + "/run/model.safetensors";
    CommandLineRun evaluate =
        run(session, "evaluate", recipe, model, "output.directory=" + folder + "/judged");
    assertThat(evaluate.out()).contains("precision   recall       F1").contains("microF1 ");
    assertThat(json("judged/evaluation.json").get("microF1")).isEqualTo(result.get("testMicroF1"));

    run(
        session,
        "score",
        model,
        "source={type=list,lists=[" + folder + "/labels.csv],several=true}",
        "output.directory=" + folder + "/scores");
    Dataset<Row> rows = session.read().parquet(folder + "/scores/predictions");
    assertThat(rows.columns()).containsExactly("key", "id", "labels", "predicted", "top");
    assertThat(rows.count()).isEqualTo(IMAGES);
    assertThat(
            rows.filter("labels = predicted or size(array_except(labels, predicted)) = 0").count())
        .isGreaterThan(IMAGES / 2);
  }

  @Test
  void aLossThatDoesNotFitIsRefusedBeforeAnythingIsDecoded() throws IOException {
    CommandLineRun several =
        CommandLineRun.of(
            "train",
            recipe("labels.conf", "labels.csv", true, LABELS),
            "loss=cross-entropy",
            "output.directory=" + folder + "/run");
    assertThat(several.status()).isEqualTo(2);
    assertThat(several.err())
        .contains(
            "data.train: the images have any number of classes each, but the loss compares with"
                + " exactly one class for each; set loss = binary-cross-entropy");
    CommandLineRun mixed =
        CommandLineRun.of(
            "train",
            recipe("boxes.conf", "boxes.csv", false, BOX),
            "mixing={kinds=[{type=mixup}]}",
            "output.directory=" + folder + "/run");
    assertThat(mixed.status()).isEqualTo(2);
    assertThat(mixed.err()).contains("mixing makes targets that are shares of the classes");
  }
}
