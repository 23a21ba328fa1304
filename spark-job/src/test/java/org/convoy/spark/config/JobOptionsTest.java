package org.convoy.spark.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.convoy.augment.Axis;
import org.convoy.augment.RandomFlip;
import org.convoy.description.Json;
import org.convoy.image.geometry.Interpolation;
import org.convoy.nn.loss.CrossEntropy;
import org.convoy.optim.Adam;
import org.convoy.optim.CosineDecay;
import org.convoy.optim.Ema;
import org.convoy.optim.Muon;
import org.convoy.optim.ParameterGroup;
import org.convoy.optim.ParameterGroups;
import org.convoy.optim.Sgd;
import org.convoy.spark.input.FolderSource;
import org.convoy.spark.input.GivenClasses;
import org.convoy.spark.input.IdxSource;
import org.convoy.spark.input.SplitSource;
import org.convoy.spark.input.SplitSource.Part;
import org.convoy.spark.storage.Storage;
import org.convoy.tensor.Shape;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JobOptionsTest {
  private static final String NEEDED = "network=lenet5 data.train={type=idx,images=a,labels=b}";

  @TempDir private Path folder;

  @Test
  void optionsLeftOutHaveTheirDefaults() {
    JobOptions options = read(JobKind.TRAIN, NEEDED);

    assertThat(options.batchSize()).isEqualTo(64);
    assertThat(options.shards()).isEqualTo(8);
    assertThat(options.epochs()).isEqualTo(10);
    assertThat(options.seed()).isEqualTo(1);
    assertThat(options.optimizer()).isEqualTo(Sgd.withMomentum(0.9));
    assertThat(options.learningRate()).isInstanceOf(CosineDecay.class);
    assertThat(options.loss()).isEqualTo(new CrossEntropy());
    assertThat(options.clipNorm()).isEmpty();
    assertThat(options.data().test()).isEmpty();
    assertThat(options.output()).isEqualTo(new OutputOptions(Optional.empty(), false));
    assertThat(options.training().clipping().maximumNorm()).isInfinite();
  }

  @Test
  void bothPartsOfASplitAreWrittenOnce() throws IOException {
    Path recipe = folder.resolve("x.conf");
    Files.writeString(
        recipe,
        """
        network = lenet5
        data {
          train = {type = split, part = train, fraction = 0.1, of = {type = folder, root = a}}
          test = ${data.train} {part = test}
        }
        """);

    DataOptions data = read(JobKind.TRAIN, recipe.toString()).data();

    FolderSource all = new FolderSource("a", FolderSource.Labels.FOLDERS);
    assertThat(data.train()).contains(new SplitSource(all, Part.TRAIN, 0.1, 1, false));
    assertThat(data.test()).contains(new SplitSource(all, Part.TEST, 0.1, 1, false));
  }

  @Test
  void optionsAreTyped() {
    JobOptions options =
        read(
            JobKind.TRAIN,
            NEEDED,
            "augmentation=[{type=random-flip,probability=0.25}]",
            "interpolation=bicubic",
            "data.resize={size=[32,24],fit=pad}",
            "clipNorm=2",
            "data.channels=1");

    assertThat(options.augmentation()).containsExactly(new RandomFlip(0.25, Axis.HORIZONTAL));
    assertThat(options.pipeline().interpolation()).isEqualTo(Interpolation.BICUBIC);
    assertThat(options.data().train()).contains(new IdxSource("a", "b", GivenClasses.NONE));
    assertThat(options.data().resize().orElseThrow().size().height()).isEqualTo(32);
    assertThat(options.training().clipping().maximumNorm()).isEqualTo(2);
    assertThat(options.inputLocations()).containsExactly("a", "b");
    assertThat(options.network().orElseThrow().build(Shape.of(1, 28, 28), 10).parameterCount())
        .isEqualTo(61_706);
  }

  @Test
  void parametersMayDiffer() {
    JobOptions options =
        read(
            JobKind.TRAIN,
            NEEDED,
            "frozen=[\"conv1.*\"]",
            "parameterGroups=[{match=[\"fc*\"],learningRateFactor=0.1,weightDecay=0}]",
            "decayBias=false",
            "optimizer={type=muon,rest={type=adam}}",
            "averaging={type=ema,decay=0.99}");

    assertThat(options.groups())
        .isEqualTo(
            new ParameterGroups(
                List.of(
                    ParameterGroup.frozen(List.of("conv1.*")),
                    new ParameterGroup(List.of("fc*"), 0.1, Optional.of(0.0), false)),
                false));
    assertThat(options.optimizer())
        .isEqualTo(new Muon(0.95, true, 0.1, 5, Muon.Adjustment.ORIGINAL, false, new Adam(), 1));
    assertThat(options.training().averaging()).contains(Ema.of(0.99));
    assertThat(read(JobKind.TRAIN, NEEDED).groups()).isEqualTo(ParameterGroups.ALIKE);
  }

  @Test
  void whatIsDescribedIsReadBack() throws IOException {
    JobOptions options =
        read(
            JobKind.TRAIN,
            NEEDED.replace("network=lenet5", "network={type=lenet5,activation=tanh,classes=7}"),
            "augmentation=[random-flip]",
            "data.resize={size=32}",
            "output.directory=here",
            "seed=123456789012345",
            "clipNorm=0.5",
            "optimizer=muon",
            "frozen=[a,b]",
            "parameterGroups=[{match=[c],weightDecay=0},{match=[d],frozen=true}]",
            "averaging=lookahead");
    Path file = Files.writeString(folder.resolve("again.conf"), Json.write(options.describe()));

    assertThat(read(JobKind.TRAIN, file.toString())).isEqualTo(options);
  }

  @Test
  void networkOfOnesOwnIsAListOfNodes() {
    JobOptions options =
        read(
            JobKind.SUMMARY,
            "network={nodes=[{name=flat,type=flatten},{name=fc,type=linear,outFeatures=3}]}");

    assertThat(options.network().orElseThrow().usualInput()).isEmpty();
    assertThat(options.network().orElseThrow().build(Shape.of(1, 2, 2), 3).parameterCount())
        .isEqualTo(15);
  }

  @Test
  void everyProblemIsReportedWithItsPlaceAtOnce() throws IOException {
    Path file =
        Files.writeString(
            folder.resolve("bad.conf"),
            """
            network = lenet6
            data {
              train { type = idx, image = a }
              maxBadImages = 5.5
            }
            batchsize = 64
            shards = 6
            augmentation = [random-flip, { type = random-crop, paddin = 2 }]
            optimizer { type = sgd, momentum = 2 }
            clipNorm = 0
            """);

    List<String> problems = problemsOf(file.toString(), "epochs=0", "seed=x");

    assertThat(problems)
        .usingElementComparator((problem, start) -> problem.startsWith(start) ? 0 : 1)
        .containsExactly(
            file + ":1 network: unknown model 'lenet6'; did you mean 'lenet5'?",
            file + ":3 data.train.image: unknown key 'image'; did you mean 'images'?",
            file + ":3 data.train: 'images' is missing; expected a text",
            file
                + ":4 data.maxBadImages: a part of the images lies in 0.0..1.0 (or 0%..100%), got 5.5",
            file + ":6 batchsize: unknown key 'batchsize'; did you mean 'batchSize'?",
            file + ":7 shards: must be a power of two (1, 2, 4, 8 …), got 6",
            file + ":8 augmentation[1].paddin: unknown key 'paddin'; did you mean 'padding'?",
            file + ":8 augmentation[1]: 'size' is missing; expected an ImageSize",
            file + ":9 optimizer: sgd: momentum must be at least 0.0 and below 1.0, got 2.0",
            file + ":10 clipNorm: gradient clipping: maximumNorm must be above 0, got 0.0",
            "command line seed: expected a whole number, got the text \"x\"",
            "command line epochs: must be at least 1, got 0");
  }

  @Test
  void rangesAreChecked() {
    assertRefused("batchSize=0", "batchSize: must be at least 1, got 0");
    assertRefused("shards=0", "shards: must be a power of two (1, 2, 4, 8 …), got 0");
    assertRefused("shards=131072", "shards: must be at most 65536, got 131072");
    assertRefused("evaluateEvery=-1", "evaluateEvery: must be at least 0, got -1");
    assertRefused("evaluationBatchSize=0", "evaluationBatchSize: must be at least 1, got 0");
    assertRefused(
        "frozen=[\"\"]",
        "frozen: parameter group: match needs at least one pattern such as \"conv1.*\", none of"
            + " them empty, got []");
    assertRefused(
        "averaging={type=ema,decay=1}",
        "averaging: ema: decay must be at least 0.0 and below 1.0, got 1.0");
    assertRefused("topK=0", "topK: must be at least 1, got 0");
    assertRefused("classes=0", "classes: must be at least 1, got 0");
    assertRefused("data.channels=2", "data.channels: must be 1 (gray) or 3 (color), got 2");
    assertRefused("data.chunkCapacity=0", "data.chunkCapacity: must be at least 1, got 0");
    assertRefused("data.partitions=0", "data.partitions: must be at least 1, got 0");
    assertRefused(
        "data.maxPixels=0", "data.maxPixels: maximumPixels must be in 1..536870911, got 0");
    assertRefused("format=xml", "format: expected one of parquet, csv, json, got the text \"xml\"");
    assertRefused(
        "input=big",
        "input: expected a shape such as 3x32x32 (channels x height x width), got 'big'");
  }

  @Test
  void augmentationsThatMovePixelsComeFirst() {
    assertThatThrownBy(
            () ->
                read(
                    JobKind.TRAIN,
                    NEEDED,
                    "augmentation=[{type=color-shift,amount=0.1},random-flip]"))
        .hasMessage(
            "command line augmentation: random-flip moves pixels and stands after color-shift,"
                + " which changes values; put what moves pixels first");
  }

  @Test
  void jobsSayWhatTheyCannotDoWithout() {
    assertThatThrownBy(() -> read(JobKind.TRAIN, "epochs=3"))
        .hasMessage(
            String.join(
                "\n- ",
                "2 problems with the options:",
                "command line data.train: is missing; train needs images, as in data.train=…",
                "command line network: is missing; train needs a network, as in network=…"));
    assertThatThrownBy(() -> read(JobKind.EVALUATE, "model=m"))
        .hasMessage(
            "command line data.test: is missing; evaluate needs labeled images, as in"
                + " data.test=…");
    assertThatThrownBy(() -> read(JobKind.SCORE, "source={type=folder,root=r}"))
        .hasMessageContaining("score needs a model file, as in model=…")
        .hasMessageContaining("score needs a place to write to, as in output.directory=…");
    assertThatThrownBy(() -> read(JobKind.SUMMARY))
        .hasMessage("command line network: is missing; summary needs a network, as in network=…");
  }

  @Test
  void tableListsEveryOptionOnce() {
    assertThat(OptionTable.rows())
        .extracting(OptionTable.Row::key)
        .doesNotHaveDuplicates()
        .contains("network", "data.train", "batchSize", "output.directory");
    assertThat(OptionTable.text()).contains("  batchSize              images a step");
    assertThat(OptionTable.markdown())
        .contains("| `epochs` | `10` | passes over all training images, at least 1 |\n");
  }

  private void assertRefused(String override, String message) {
    assertThatThrownBy(() -> read(JobKind.TRAIN, NEEDED, override))
        .isInstanceOf(OptionsException.class)
        .hasMessage("command line " + message);
  }

  private static List<String> problemsOf(String... arguments) {
    try {
      read(JobKind.TRAIN, arguments);
      return List.of();
    } catch (OptionsException e) {
      return e.problems();
    }
  }

  private static JobOptions read(JobKind job, String... arguments) {
    List<String> words =
        Arrays.stream(arguments).flatMap(text -> Arrays.stream(text.split(" ", -1))).toList();
    return JobOptions.read(Recipe.load(new Storage(new Configuration(false)), words), job);
  }
}
