package org.convoy.spark.input;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.convoy.spark.input.Reading.STORAGE;
import static org.convoy.spark.input.Reading.read;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.hadoop.io.SequenceFile.CompressionType;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.io.api.Binary;
import org.apache.spark.api.java.JavaSparkContext;
import org.convoy.data.Annotation;
import org.convoy.description.Json;
import org.convoy.description.RecordCodec;
import org.convoy.image.Image;
import org.convoy.image.codec.PictureDecoder;
import org.convoy.random.RandomKey;
import org.convoy.spark.input.SequenceFileSource.Labels;
import org.convoy.spark.testing.SparkTest;
import org.convoy.tensor.Shape;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What holds for every registered source of images. */
@SparkTest
class ImageSourceContractTest {
  private static final int COUNT = 11;

  @TempDir private static Path directory;
  private static final Map<String, Example> EXAMPLES = new LinkedHashMap<>();

  /** A source of {@link #COUNT} sample images, numbered in the order in which they must come. */
  private record Example(
      ImageSource source, ImageSource missing, int channels, int side, List<Integer> labels) {}

  @BeforeAll
  static void writeExamples(JavaSparkContext context) throws IOException {
    EXAMPLES.put("idx", idx());
    EXAMPLES.put("cifar10", cifar10());
    EXAMPLES.put("cifar100", cifar100());
    EXAMPLES.put("folder", folder());
    EXAMPLES.put("binary-file", binaryFile());
    EXAMPLES.put("zip", zip());
    EXAMPLES.put("tar", tar());
    EXAMPLES.put("sequence-file", sequenceFile());
    EXAMPLES.put("list", list());
    EXAMPLES.put("parquet", parquet());
    EXAMPLES.put("split", split());
    EXAMPLES.put("packed", packed(context));
  }

  private static Example idx() {
    int[] labels = {3, 1, 4, 1, 5, 9, 2, 6, 5, 3, 5};
    Path images = SampleImages.idxImages(directory.resolve("idx/images.gz"), COUNT, 5, 5);
    Path file = SampleImages.idxLabels(directory.resolve("idx/labels"), labels);
    return new Example(
        new IdxSource(images.toString(), file.toString(), GivenClasses.NONE),
        new IdxSource(directory + "/absent", file.toString(), GivenClasses.NONE),
        1,
        5,
        List.of(3, 1, 4, 1, 5, 9, 2, 6, 5, 3, 5));
  }

  private static Example cifar10() {
    SampleImages.cifar10(directory.resolve("cifar10/b.bin"), 4, 4, 5, 6, 7, 8, 9, 0);
    SampleImages.cifar10(directory.resolve("cifar10/a.bin.gz"), 0, 0, 1, 2, 3);
    return new Example(
        new Cifar10Source(List.of(directory + "/cifar10"), GivenClasses.NONE),
        new Cifar10Source(List.of(directory + "/absent"), GivenClasses.NONE),
        3,
        32,
        List.of(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 0));
  }

  private static Example cifar100() {
    SampleImages.cifar100(directory.resolve("cifar100/a.bin"), 0, 99, 0, 42, 7, 7);
    SampleImages.cifar100(directory.resolve("cifar100/b.bin"), 5, 1, 2, 3, 4, 5, 6);
    return new Example(
        new Cifar100Source(List.of(directory + "/cifar100/*.bin"), GivenClasses.NONE),
        new Cifar100Source(List.of(directory + "/absent/*.bin"), GivenClasses.NONE),
        3,
        32,
        List.of(99, 0, 42, 7, 7, 1, 2, 3, 4, 5, 6));
  }

  private static Example folder() {
    Path root = directory.resolve("folder");
    for (int i = 0; i < COUNT; i++) {
      String folder = i < 4 ? "cat" : i < 9 ? "dog" : "emu";
      SampleImages.png(root.resolve(folder).resolve("image" + (char) ('a' + i)), i, 6, 6);
    }
    return new Example(
        new FolderSource(root.toString(), FolderSource.Labels.FOLDERS),
        new FolderSource(directory + "/absent", FolderSource.Labels.FOLDERS),
        3,
        6,
        List.of(0, 0, 0, 0, 1, 1, 1, 1, 1, 2, 2));
  }

  private static Example binaryFile() {
    Path root = directory.resolve("binary, #1 {é} [x]");
    for (int i = 0; i < COUNT; i++) {
      String folder = i < 4 ? "deep/cat%20" : i < 9 ? "dog" : "emu";
      SampleImages.png(root.resolve(folder).resolve("image" + (char) ('a' + i)), i, 6, 6);
    }
    SampleImages.text(root.resolve("dog/Thumbs.db"), "no picture");
    SampleImages.text(root.resolve("_temporary/dog/x.png"), "no picture");
    return new Example(
        new BinaryFileSource(List.of(root.toString())),
        new BinaryFileSource(List.of(directory + "/absent")),
        3,
        6,
        List.of(0, 0, 0, 0, 1, 1, 1, 1, 1, 2, 2));
  }

  private static Example zip() {
    SampleImages.zip(
        directory.resolve("zip/b.zip"), 5, "x/b/5", "x/b/6", "x/a/7", "b/8", "b/9", "b/10");
    SampleImages.zip(directory.resolve("zip/a.zip"), 0, "b/0", "a/1", "c/2", "a/3", "a/4");
    return new Example(
        new ZipSource(List.of(directory + "/zip"), FolderSource.Labels.FOLDERS),
        new ZipSource(List.of(directory + "/absent"), FolderSource.Labels.FOLDERS),
        3,
        6,
        List.of(1, 0, 2, 0, 0, 1, 1, 0, 1, 1, 1));
  }

  private static Example tar() {
    SampleImages.tar(
        directory.resolve("tar/b.tgz"), 5, "x/b/5", "x/b/6", "./x/a/7", "b/8", "b/9", "b/10");
    SampleImages.tar(directory.resolve("tar/a.tar"), 0, "b/0", "a/1", "c/2", "a/3", "a/4");
    return new Example(
        new TarSource(List.of(directory + "/tar"), FolderSource.Labels.FOLDERS, GivenClasses.NONE),
        new TarSource(
            List.of(directory + "/absent"), FolderSource.Labels.FOLDERS, GivenClasses.NONE),
        3,
        6,
        List.of(1, 0, 2, 0, 0, 1, 1, 0, 1, 1, 1));
  }

  private static Example sequenceFile() {
    Path folder = directory.resolve("sequence");
    SampleImages.sequenceFile(
        folder.resolve("part-1"),
        CompressionType.BLOCK,
        4,
        SampleImages.texts("x/b/4", "x/b/5", "x/a/6", "b/7", "b/8", "b/9", "b/10"));
    SampleImages.sequenceFile(
        folder.resolve("part-0"),
        CompressionType.NONE,
        0,
        SampleImages.texts("hdfs://h/b/0", "a/1", "c/2", "a/3"));
    SampleImages.sequenceFile(
        folder.resolve("_part"), CompressionType.NONE, 0, SampleImages.texts("a/1"));
    return new Example(
        new SequenceFileSource(List.of(folder.toString()), Labels.PARENT, GivenClasses.NONE),
        new SequenceFileSource(List.of(directory + "/absent"), Labels.PARENT, GivenClasses.NONE),
        3,
        6,
        List.of(1, 0, 2, 0, 1, 1, 0, 1, 1, 1, 1));
  }

  private static Example list() {
    Path folder = directory.resolve("list");
    StringBuilder lines = new StringBuilder();
    for (int i = 0; i < COUNT; i++) {
      SampleImages.png(folder.resolve("at/" + i + ".png"), i, 6, 6);
      lines.append("at/").append(i).append(".png\t").append(i % 3 == 0 ? "b" : "a").append('\n');
    }
    SampleImages.text(folder.resolve("x.tsv"), lines.toString());
    return new Example(
        new ListSource(List.of(folder.toString())),
        new ListSource(List.of(directory + "/absent")),
        3,
        6,
        List.of(1, 0, 0, 1, 0, 0, 1, 0, 0, 1, 0));
  }

  private static Example parquet() {
    Path folder = directory.resolve("parquet");
    String schema =
        "message m { optional group image { optional binary bytes; } optional int64 label; }";
    SampleImages.parquet(folder.resolve("b.parquet"), schema, 4, (row, i) -> fill(row, 7 + i));
    SampleImages.parquet(folder.resolve("a.parquet"), schema, 7, (row, i) -> fill(row, i));
    SampleImages.text(folder.resolve("_metadata.parquet"), "none");
    return new Example(
        new ParquetSource(List.of(folder.toString())),
        new ParquetSource(List.of(directory + "/absent")),
        3,
        6,
        List.of(0, 1, 2, 3, 0, 1, 2, 3, 0, 1, 2));
  }

  private static void fill(Group row, int i) throws IOException {
    row.addGroup("image").append("bytes", Binary.fromConstantByteArray(SampleImages.png(i, 6, 6)));
    row.append("label", i % 4L);
  }

  /** The folder's images, packed. */
  private static Example packed(JavaSparkContext context) throws IOException {
    Example folder = EXAMPLES.get("folder");
    ImageSet set = folder.source().open(STORAGE);
    org.apache.hadoop.fs.Path out = STORAGE.resolve(directory + "/packed");
    Map<String, Object> manifest =
        new PackedDirectory(
                STORAGE,
                out,
                set,
                ImagePreparation.exact(Shape.of(3, 6, 6), 100),
                new PackedDirectory.Options(PackForm.PIXELS, 4, MaxBadImages.ofCount(0)))
            .write(context, images -> {}, () -> true);
    SampleImages.text(directory.resolve("packed/_manifest.json"), Json.write(manifest));
    return new Example(
        new PackedSource(out.toString()),
        new PackedSource(directory + "/absent"),
        3,
        6,
        folder.labels());
  }

  /** Of a folder with more pictures, those that are for training. */
  private static Example split() {
    Path root = directory.resolve("split");
    FolderSource all = new FolderSource(root.toString(), FolderSource.Labels.FOLDERS);
    SplitSource train = new SplitSource(all, SplitSource.Part.TRAIN, 0.5, 1, false);
    List<Integer> labels = new ArrayList<>();
    RandomKey key = RandomKey.ofSeed(1).with("split");
    for (int i = 0; labels.size() < COUNT; i++) {
      String name = (i < 9 ? "cat" : "dog") + "/" + (char) ('a' + i);
      boolean chosen = key.with(name).uniform(0) >= 0.5;
      SampleImages.png(root.resolve(name), chosen ? labels.size() : 100 + i, 6, 6);
      if (chosen) {
        labels.add(i < 9 ? 0 : 1);
      }
    }
    FolderSource absent = new FolderSource(directory + "/absent", FolderSource.Labels.FOLDERS);
    return new Example(
        train, new SplitSource(absent, SplitSource.Part.TRAIN, 0.5, 1, false), 3, 6, labels);
  }

  private static Stream<String> names() {
    return ImageSources.registry().names().stream();
  }

  private static Example example(String name) {
    assertThat(EXAMPLES).as("an example of every registered source").containsKey(name);
    return EXAMPLES.get(name);
  }

  @ParameterizedTest
  @MethodSource("names")
  void imagesComeInOrderWithTheirLabels(String name) throws IOException {
    Example example = example(name);

    ImageSet set = example.source().open(STORAGE);
    List<EncodedImage> images = read(set, 1);

    assertThat(set.summary().count()).isEqualTo(COUNT);
    assertThat(images).hasSize(COUNT);
    for (int i = 0; i < COUNT; i++) {
      assertThat(images.get(i).id()).isEqualTo(i);
      assertThat(images.get(i).label()).isEqualTo(example.labels().get(i));
      assertThat(pixels(images.get(i), example.channels()))
          .isEqualTo(SampleImages.pixels(i, example.channels(), example.side(), example.side()));
    }
    assertThat(images).extracting(EncodedImage::key).doesNotHaveDuplicates();
    assertThat(set.summary().classes()).hasSizeGreaterThan(Collections.max(example.labels()));
  }

  @ParameterizedTest
  @MethodSource("names")
  void imagesAreOfTheKindThatTheSetTells(String name) throws IOException {
    ImageSet set = example(name).source().open(STORAGE);
    Annotation.Kind kind = set.summary().kind();
    List<String> more = new ArrayList<>(set.summary().classes());
    more.add(0, "of no image");

    assertThat(kind).isEqualTo(Annotation.Kind.CLASS);
    for (ImageSet named : List.of(set, set.withClasses(more), set.withKnownClasses(more))) {
      assertThat(named.summary().kind()).isEqualTo(kind);
      assertThat(read(named, 2)).allMatch(image -> kind.allows(image.annotation()));
    }
  }

  /** What a list tells, as it is, as a part, packed, and as a part of what is packed. */
  @ParameterizedTest
  @CsvSource({
    "CLASS, false, 'LABEL'",
    "CLASSES, true, 'LABEL|more'",
    "CLASS_AND_BOX, false, 'LABEL,1,1,4,5'",
    "OBJECTS, true, 'LABEL,1,1,4,5'"
  })
  void everyKindIsKept(
      Annotation.Kind kind, boolean several, String columns, JavaSparkContext context)
      throws IOException {
    Path folder = directory.resolve("kinds-" + kind);
    StringBuilder lines = new StringBuilder();
    for (int i = 0; i < COUNT; i++) {
      SampleImages.png(folder.resolve(i + ".png"), i, 6, 6);
      String label = i % 3 == 0 ? "cat" : "dog";
      lines.append(i).append(".png,").append(columns.replace("LABEL", label)).append('\n');
    }
    SampleImages.text(folder.resolve("list.csv"), lines.toString());
    ListSource list =
        new ListSource(
            List.of(folder + "/list.csv"), "", false, List.of(), several, "|", GivenClasses.NONE);
    org.apache.hadoop.fs.Path out = STORAGE.resolve(folder + "/packed");
    Map<String, Object> manifest =
        new PackedDirectory(
                STORAGE,
                out,
                list.open(STORAGE),
                ImagePreparation.exact(Shape.of(3, 6, 6), 100),
                new PackedDirectory.Options(PackForm.PIXELS, 4, MaxBadImages.ofCount(0)))
            .write(context, images -> {}, () -> true);
    SampleImages.text(folder.resolve("packed/_manifest.json"), Json.write(manifest));
    PackedSource packed = new PackedSource(out.toString());

    for (ImageSource source :
        List.of(
            list,
            packed,
            new SplitSource(list, SplitSource.Part.TRAIN, 0.3, 1, false),
            new SplitSource(packed, SplitSource.Part.TRAIN, 0.3, 1, false))) {
      ImageSet set = source.open(STORAGE);
      assertThat(set.summary().kind()).as("%s", source).isEqualTo(kind);
      assertThat(read(set, 2))
          .isNotEmpty()
          .allMatch(image -> kind.allows(image.annotation()))
          .allMatch(image -> image.annotation().hasBoxes() == kind.hasBoxes());
    }
  }

  @ParameterizedTest
  @MethodSource("names")
  void theWayOfSlicingChangesNothing(String name) throws IOException {
    Example example = example(name);
    ImageSet set = example.source().open(STORAGE);
    List<String> whole = described(read(set, 1), example.channels());

    for (int slices : new int[] {2, 3, 8, COUNT, 17}) {
      assertThat(set.sliced().slices(slices)).hasSize(Math.min(slices, COUNT));
      assertThat(described(read(set, slices), example.channels())).isEqualTo(whole);
    }
  }

  @ParameterizedTest
  @MethodSource("names")
  void executorsReadTheSame(String name, JavaSparkContext context) throws IOException {
    Example example = example(name);
    ImageSet set = example.source().open(STORAGE);

    List<EncodedImage> images = set.encoded(context, 3).collect();

    assertThat(described(images, example.channels()))
        .isEqualTo(described(read(set, 1), example.channels()));
  }

  @ParameterizedTest
  @MethodSource("names")
  void imagesAreCalledByTheEndsOfTheirKeys(String name) throws IOException {
    Example example = example(name);
    ImageSet set = example.source().open(STORAGE);

    ImageCatalogue catalogue = set.sliced().catalogue();

    List<EncodedImage> images = read(set, 1);
    for (int i = 0; i < COUNT; i++) {
      String key = images.get(i).key();
      assertThat(catalogue.label(i)).isEqualTo(example.labels().get(i));
      assertThat(key).endsWith(catalogue.name(i).substring(catalogue.name(i).lastIndexOf('/') + 1));
    }
  }

  @ParameterizedTest
  @MethodSource("names")
  void fingerprintStaysTheSameWhenNothingChanges(String name) throws IOException {
    ImageSource source = example(name).source();

    String fingerprint = source.open(STORAGE).summary().fingerprint();

    assertThat(fingerprint).matches("[0-9a-f]{64}");
    assertThat(source.open(STORAGE).summary().fingerprint()).isEqualTo(fingerprint);
  }

  @ParameterizedTest
  @MethodSource("names")
  void whatIsMissingIsNamed(String name) {
    ImageSource source = example(name).missing();

    assertThatThrownBy(() -> source.open(STORAGE))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("file:" + directory + "/absent")
        .hasMessageContaining("does not exist");
  }

  @ParameterizedTest
  @MethodSource("names")
  void recipesDescribeIt(String name) {
    ImageSource source = example(name).source();
    RecordCodec codec = new RecordCodec(List.of(ImageSources.registry()));

    Map<String, Object> described = codec.describe(ImageSources.registry(), source);

    assertThat(codec.read(ImageSources.registry(), described, "data")).isEqualTo(source);
    assertThat(source.locations()).isNotEmpty();
  }

  @ParameterizedTest
  @MethodSource("names")
  void travelsByJavaSerialization(String name) throws Exception {
    ImageSource source = example(name).source();
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      out.writeObject(source);
      out.writeObject(source.open(STORAGE).sliced().slices(1).get(0));
    }

    try (ObjectInputStream in =
        new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
      assertThat(in.readObject()).isEqualTo(source);
      try (EncodedImages images = ((ImageSlice) in.readObject()).open(STORAGE)) {
        assertThat(images.next().id()).isZero();
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, -1})
  void refusesToReadInNoPartition(int partitions) throws IOException {
    ImageSet set = EXAMPLES.get("idx").source().open(STORAGE);

    assertThatThrownBy(() -> set.sliced().slices(partitions))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("images need at least 1 partition, got " + partitions);
  }

  @Test
  void labelsFollowTheClassesOfATrainedNetwork(JavaSparkContext context) throws IOException {
    ImageSet set = EXAMPLES.get("folder").source().open(STORAGE);

    ImageSet renamed = set.withClasses(List.of("ape", "dog", "cat", "bee", "emu"));
    ImageSet twice = renamed.withClasses(List.of("emu", "dog", "cat", "bee", "ape"));

    assertThat(renamed.summary().classes()).containsExactly("ape", "dog", "cat", "bee", "emu");
    assertThat(renamed.encoded(context).map(EncodedImage::label).collect())
        .containsExactly(2, 2, 2, 2, 1, 1, 1, 1, 1, 4, 4);
    assertThat(twice.encoded(context).map(EncodedImage::label).collect())
        .containsExactly(2, 2, 2, 2, 1, 1, 1, 1, 1, 0, 0);
    assertThatThrownBy(() -> set.withClasses(List.of("cat", "Dog", "fly")))
        .isInstanceOf(InputException.class)
        .hasMessage(
            """
            2 problems with the images:
            - there are images of class 'dog', but the expected classes are cat, Dog, fly; did you\
             mean 'Dog'?
            - there are images of class 'emu', but the expected classes are cat, Dog, fly\
            """);
  }

  private static List<String> described(List<EncodedImage> images, int channels) {
    return images.stream()
        .map(
            image ->
                String.join(
                    " ",
                    Long.toString(image.id()),
                    image.key(),
                    Integer.toString(image.label()),
                    Arrays.toString(pixels(image, channels))))
        .toList();
  }

  private static byte[] pixels(EncodedImage image, int channels) {
    return image
        .decode(new PictureDecoder(channels, 1000))
        .picture()
        .map(Image::toArray)
        .orElseThrow();
  }
}
