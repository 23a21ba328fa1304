package org.convoy.spark.input;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectOutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.spark.api.java.JavaSparkContext;
import org.convoy.data.Annotation;
import org.convoy.data.Chunk;
import org.convoy.data.ShardDealing;
import org.convoy.image.Box;
import org.convoy.image.DecodeResult;
import org.convoy.image.ImageDecoder;
import org.convoy.image.ImageResizer;
import org.convoy.image.ImageSize;
import org.convoy.image.codec.PictureDecoder;
import org.convoy.random.KeyedPermutation;
import org.convoy.spark.input.FolderSource.Labels;
import org.convoy.spark.testing.SparkTest;
import org.convoy.tensor.Shape;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@SparkTest
class ImagePackerTest {
  private static final int COUNT = 50;
  private static final Shape SHAPE = Shape.of(1, 4, 3);
  private static final ImagePreparation EXACT = ImagePreparation.exact(SHAPE, 1000);

  @TempDir private Path directory;
  private JavaSparkContext context;

  @BeforeEach
  void takeContext(JavaSparkContext shared) {
    context = shared;
  }

  private ImageSet numbered(int count) throws IOException {
    Path images = SampleImages.idxImages(directory.resolve("images"), count, 4, 3);
    int[] labels = new int[count];
    for (int i = 0; i < count; i++) {
      labels[i] = i % 7;
    }
    Path file = SampleImages.idxLabels(directory.resolve("labels"), labels);
    return Reading.open(new IdxSource(images.toString(), file.toString(), GivenClasses.NONE));
  }

  /** Ten pictures of 6x6 pixels in two classes. */
  private Path pictures() {
    for (int i = 0; i < 10; i++) {
      SampleImages.png(directory.resolve((i < 4 ? "cat/" : "dog/") + i + ".png"), i, 6, 6);
    }
    return directory;
  }

  private ImageSet folder() throws IOException {
    return Reading.open(new FolderSource(directory.toString(), Labels.FOLDERS));
  }

  private static PackingOptions options(int shards, int capacity, int partitions) {
    return new PackingOptions(11, shards, capacity, 0.25, partitions);
  }

  @Test
  void everyImageIsAtItsPlace() throws IOException {
    try (PackedImages packed =
        ImagePacker.pack(context, numbered(COUNT), EXACT, options(4, 3, 5))) {
      ShardDealing dealing = packed.summary().dealing();
      KeyedPermutation permutation = dealing.permutation();
      List<Chunk> chunks = packed.chunks().collect();
      List<Long> ids = new ArrayList<>();

      assertThat(chunks).hasSize(20);
      assertThat(packed.chunks().getNumPartitions()).isEqualTo(20);
      for (int number = 0; number < chunks.size(); number++) {
        Chunk chunk = chunks.get(number);
        assertThat(dealing.chunkNumber(chunk.shard(), chunk.index())).isEqualTo(number);
        assertThat(chunk.size()).isEqualTo(dealing.chunkSize(chunk.shard(), chunk.index()));
        for (int i = 0; i < chunk.size(); i++) {
          long id = chunk.id(i);
          ids.add(id);
          assertThat(dealing.place(permutation, id))
              .isEqualTo(new ShardDealing.Place(chunk.shard(), chunk.index(), chunk.slot(i)));
          assertThat(chunk.annotation(i).label()).isEqualTo((int) id % 7);
          assertThat(pixels(chunk, i)).isEqualTo(SampleImages.pixels((int) id, 1, 4, 3));
        }
      }
      assertThat(ids).hasSize(COUNT).doesNotHaveDuplicates();
      assertThat(packed.summary().imageCount()).isEqualTo(COUNT);
      assertThat(packed.summary().undecodable()).isEmpty();
    }
  }

  private static byte[] pixels(Chunk chunk, int image) {
    byte[] pixels = new byte[chunk.imageShape().elementCount()];
    System.arraycopy(chunk.pixels(), chunk.pixelOffset(image), pixels, 0, pixels.length);
    return pixels;
  }

  @Test
  void theNumberOfPartitionsDoesNotMatter() throws IOException {
    ImageSet set = numbered(COUNT);
    List<String> hashes = new ArrayList<>();
    for (int partitions : new int[] {1, 3, 8, 17}) {
      hashes.add(hash(set, options(4, 3, partitions)));
    }

    assertThat(hashes).containsOnly(hashes.get(0));
    assertThat(hash(set, options(4, 4, 3))).isNotEqualTo(hashes.get(0));
    assertThat(hash(set, options(2, 3, 3))).isNotEqualTo(hashes.get(0));
    assertThat(hash(set, new PackingOptions(12, 4, 3, 0, 3))).isNotEqualTo(hashes.get(0));
  }

  private String hash(ImageSet set, PackingOptions options) throws IOException {
    try (PackedImages packed = ImagePacker.pack(context, set, EXACT, options)) {
      return packed.summary().contentHash();
    }
  }

  @Test
  void shardsMayBeEmpty() throws IOException {
    try (PackedImages packed = ImagePacker.pack(context, numbered(3), EXACT, options(8, 5, 4))) {
      assertThat(packed.chunks().map(Chunk::size).collect())
          .containsExactly(1, 1, 1, 0, 0, 0, 0, 0);
      assertThat(packed.chunks().map(Chunk::shard).collect())
          .containsExactly(0, 1, 2, 3, 4, 5, 6, 7);
    }
  }

  @Test
  void undecodableImagesAreListedAndTheirSlotsStayEmpty() throws IOException {
    Path root = pictures();
    Files.write(root.resolve("cat/0.png"), new byte[0]);
    Files.writeString(root.resolve("dog/7.png"), "<html>not found</html>");
    ImagePreparation preparation = ImagePreparation.exact(Shape.of(3, 6, 6), 1000);

    try (PackedImages packed = ImagePacker.pack(context, folder(), preparation, options(2, 2, 3))) {
      assertThat(packed.summary().imageCount()).isEqualTo(8);
      assertThat(packed.summary().undecodable())
          .extracting(image -> image.id() + " " + image.annotation().label() + " " + image)
          .containsExactly(
              "0 0 file:" + root + "/cat/0.png: the file is empty",
              "7 1 file:"
                  + root
                  + "/dog/7.png: the content is no JPEG, PNG, GIF, BMP, WebP or TIFF: it begins with 3c 68 74"
                  + " 6d 6c 3e 6e 6f");
      ShardDealing dealing = packed.summary().dealing();
      ShardDealing.Place place = dealing.place(dealing.permutation(), 7);
      Chunk chunk =
          packed.chunks().collect().get(dealing.chunkNumber(place.shard(), place.chunk()));
      assertThat(chunk.indexOfSlot(place.slot())).isNegative();
    }
  }

  @Test
  void tooManyUndecodableImagesEndTheRun() throws IOException {
    Path root = pictures();
    for (int i = 0; i < 8; i++) {
      Files.write(root.resolve((i < 4 ? "cat/" : "dog/") + i + ".png"), new byte[0]);
    }
    ImagePreparation preparation = ImagePreparation.exact(Shape.of(3, 6, 6), 1000);
    int persisted = context.getPersistentRDDs().size();

    assertThatThrownBy(() -> ImagePacker.pack(context, folder(), preparation, options(2, 2, 3)))
        .isInstanceOf(InputException.class)
        .hasMessage(
            "8 of 10 images (80.0 %%) cannot be used, data.maxBadImages allows 25.0 %%:"
                + "\n- file:%1$s/cat/0.png: the file is empty"
                + "\n- file:%1$s/cat/1.png: the file is empty"
                + "\n- file:%1$s/cat/2.png: the file is empty"
                + "\n- file:%1$s/cat/3.png: the file is empty"
                + "\n- file:%1$s/dog/4.png: the file is empty"
                + "\n- and 3 more; in all:"
                + "\n       8  the file is empty",
            root);
    assertThat(context.getPersistentRDDs()).hasSize(persisted);
  }

  @Test
  void aSetOfWhichNothingCanBeDecodedIsRefusedWhateverIsAllowed() throws IOException {
    Files.createDirectory(directory.resolve("cat"));
    Files.write(directory.resolve("cat/a.jpg"), new byte[0]);
    PackingOptions options = new PackingOptions(1, 1, 1, 1.0, 1);

    assertThatThrownBy(
            () ->
                ImagePacker.pack(
                    context, folder(), ImagePreparation.exact(Shape.of(3, 6, 6), 1000), options))
        .isInstanceOf(InputException.class)
        .hasMessageStartingWith("1 of 1 images (100.0 %) cannot be used");
  }

  @Test
  void aFewPicturesOfAnotherSizeAreLeftOutLikeThoseThatCannotBeDecoded() throws IOException {
    Path root = pictures();
    SampleImages.png(root.resolve("dog/5.png"), 5, 7, 6);
    Files.write(root.resolve("dog/4.png"), new byte[0]);
    ImagePreparation preparation = ImagePreparation.exact(Shape.of(3, 6, 6), 1000);

    try (PackedImages packed = ImagePacker.pack(context, folder(), preparation, options(2, 2, 3))) {
      assertThat(packed.summary().imageCount()).isEqualTo(8);
      assertThat(packed.summary().undecodable())
          .extracting(UndecodableImage::toString)
          .containsExactly(
              "file:" + root + "/dog/4.png: the file is empty",
              "file:"
                  + root
                  + "/dog/5.png: has height x width 7x6, expected 6x6; set data.resize = {size = 6}"
                  + " to resize all images");
    }
  }

  @Test
  void manyPicturesOfAnotherSizeEndTheRunWhichTellsAllSizesAndHowToResize() throws IOException {
    Path root = pictures();
    for (int i = 4; i < 10; i++) {
      SampleImages.png(root.resolve("dog/" + i + ".png"), i, i < 6 ? 7 : 12, 6);
    }
    ImagePreparation preparation = ImagePreparation.exact(Shape.of(3, 6, 6), 1000);

    assertThatThrownBy(() -> ImagePacker.pack(context, folder(), preparation, options(2, 2, 3)))
        .isInstanceOf(BadImagesException.class)
        .hasMessageStartingWith(
            "6 of 10 images (60.0 %%) cannot be used, data.maxBadImages allows 25.0 %%:\n- file:%s"
                + "/dog/4.png: has height x width 7x6, expected 6x6; set data.resize = {size = 6} to"
                + " resize all images\n- ",
            root)
        .hasMessageEndingWith(
            "\n- and 1 more; in all:"
                + "\n       4  has height x width 12x6, expected 6x6"
                + "\n       2  has height x width 7x6, expected 6x6")
        .extracting(refusal -> ((BadImagesException) refusal).images().size())
        .isEqualTo(6);
  }

  @Test
  void aFormatOfAnotherSizeIsRefusedAtOnce() throws IOException {
    ImageSet set = numbered(COUNT);
    ImagePreparation preparation = ImagePreparation.exact(Shape.of(1, 6, 8), 1000);

    assertThatThrownBy(() -> ImagePacker.pack(context, set, preparation, options(4, 3, 5)))
        .isInstanceOf(InputException.class)
        .hasMessage(
            "each image has height x width 4x3, expected 6x8; set data.resize = {size = [6, 8]} to"
                + " resize all images");
  }

  @Test
  void imagesAreResizedAndColored() throws IOException {
    ImageResizer resizer = new ImageResizer(new ImageSize(8, 6), ImageResizer.Fit.STRETCH);
    ImagePreparation preparation = ImagePreparation.resizing(3, resizer, 1000);

    try (PackedImages packed =
        ImagePacker.pack(context, numbered(9), preparation, options(1, 9, 2))) {
      Chunk chunk = packed.chunks().first();
      assertThat(chunk.imageShape()).isEqualTo(Shape.of(3, 8, 6));
      byte[] pixels = pixels(chunk, 4);
      for (int i = 0; i < 48; i++) {
        assertThat(pixels[i]).isEqualTo(pixels[i + 48]).isEqualTo(pixels[i + 96]);
      }
    }
  }

  @Test
  void boxesAreScaledWithTheirPictures() {
    ImageResizer resizer = new ImageResizer(new ImageSize(8, 8), ImageResizer.Fit.PAD);
    ImagePreparation preparation = ImagePreparation.resizing(1, resizer, 1000);
    Annotation objects =
        Annotation.ofObjects(
            new int[] {1, 0}, List.of(new Box(1, 0, 3, 1.5), new Box(-1, 0, 4, 3)));

    KeyedImage image =
        preparation.prepare(EncodedImage.pixels(0, "key", objects, SHAPE, new byte[12]));

    // Twice as large, with a black column on either side; what lay outside is cut off.
    assertThat(image.annotation())
        .isEqualTo(
            Annotation.ofObjects(
                new int[] {1, 0}, List.of(new Box(2, 1, 6, 4), new Box(0, 1, 8, 7))));
  }

  @Test
  void annotationsArePartOfTheContent() {
    List<Annotation> different =
        List.of(
            Annotation.UNKNOWN,
            Annotation.ofClasses(),
            Annotation.ofClass(1),
            Annotation.ofClass(2),
            Annotation.ofClasses(1, 2),
            Annotation.ofBox(1, new Box(0, 0, 1, 2)),
            Annotation.ofBox(1, new Box(0, 0, 1, 2.5)),
            Annotation.ofBox(2, new Box(0, 0, 1, 2)));

    assertThat(different.stream().map(ImagePackerTest::digest)).doesNotHaveDuplicates();
    assertThat(digest(different.get(4))).isEqualTo(digest(Annotation.ofClasses(2, 1)));
  }

  private static String digest(Annotation annotation) {
    Chunk chunk = new Chunk.Builder(0, 0, SHAPE, 1).add(0, 0, annotation, new byte[12]).build();
    return ChunkReport.of(new PackedChunk(chunk, List.of())).digest();
  }

  @Test
  void theSizeOfAFolderIsThatOfItsFirstPicture() throws IOException {
    Path root = pictures();
    Files.write(root.resolve("cat/0.png"), new byte[0]);

    assertThat(ImagePreparation.of(folder(), 3, Optional.empty(), 1000).shape())
        .isEqualTo(Shape.of(3, 6, 6));
    assertThat(ImagePreparation.of(numbered(3), 3, Optional.empty(), 1000).shape())
        .isEqualTo(Shape.of(3, 4, 3));
  }

  @Test
  void aFolderWhoseFirstPicturesAreBrokenHasNoSize() throws IOException {
    Files.createDirectory(directory.resolve("cat"));
    Files.write(directory.resolve("cat/a.jpg"), new byte[0]);
    ImageSet set = folder();

    assertThatThrownBy(() -> ImagePreparation.of(set, 3, Optional.empty(), 1000))
        .isInstanceOf(InputException.class)
        .hasMessage(
            "the size of the images is not known, as none of the first 1 can be decoded; set"
                + " data.resize = {size = …}\n- file:%s/cat/a.jpg: the file is empty",
            directory);
  }

  @Test
  void imagesWithoutLabelsCannotBePacked() throws IOException {
    pictures();
    ImageSet set = Reading.open(new FolderSource(directory.toString(), Labels.NONE));

    assertThatThrownBy(() -> ImagePacker.pack(context, set, EXACT, options(1, 1, 1)))
        .isInstanceOf(InputException.class)
        .hasMessage("these images have no labels, which training needs");
  }

  @Test
  void aTaskThatIsTriedAgainCountsOnce() throws IOException {
    Path root = pictures();
    Files.write(root.resolve("cat/0.png"), new byte[0]);
    ImagePreparation preparation = ImagePreparation.exact(Shape.of(3, 6, 6), 1000);
    FailingDecoder.CALLS.set(0);

    try (PackedImages packed =
        ImagePacker.pack(
            context, folder(), preparation.withDecoder(new FailingDecoder()), options(2, 2, 2))) {
      assertThat(FailingDecoder.CALLS.get()).isGreaterThan(10);
      assertThat(packed.summary().undecodable()).hasSize(1);
      assertThat(packed.summary().imageCount()).isEqualTo(9);
    }
  }

  /** Fails as a machine does, in the middle of a task. */
  private static final class FailingDecoder implements ImageDecoder {
    private static final long serialVersionUID = 1L;
    static final AtomicInteger CALLS = new AtomicInteger();

    @Override
    public DecodeResult decode(byte[] file) {
      if (CALLS.incrementAndGet() % 4 == 3 && CALLS.get() < 12) {
        throw new IllegalStateException("injected");
      }
      return PictureDecoder.ofColor().decode(file);
    }
  }

  @Test
  void jobsAreNamedAndMemoryIsReleased() throws IOException {
    int persisted = context.getPersistentRDDs().size();
    int jobs = context.statusTracker().getJobIdsForGroup("convoy-data").length;

    PackedImages packed = ImagePacker.pack(context, numbered(COUNT), EXACT, options(4, 3, 5));

    assertThat(context.statusTracker().getJobIdsForGroup("convoy-data").length).isGreaterThan(jobs);
    assertThat(context.getLocalProperty("spark.job.description")).isNull();
    assertThat(context.getLocalProperty("spark.jobGroup.id")).isNull();
    assertThat(context.getPersistentRDDs()).hasSize(persisted + 1);
    packed.close();
    assertThat(context.getPersistentRDDs()).hasSize(persisted);
  }

  @Test
  void aJobOnTheChunksCarriesNeitherPathsNorSettings() throws IOException {
    try (PackedImages packed =
        ImagePacker.pack(context, numbered(COUNT), EXACT, options(4, 3, 5))) {
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
        out.writeObject(packed.chunks().rdd());
      }

      assertThat(bytes.size()).isLessThan(20_000);
    }
  }

  @Test
  void chunksTakeAbout16MegabytesAndAtMost1024Images() {
    assertThat(PackingOptions.chunkCapacity(Shape.of(1, 28, 28))).isEqualTo(1024);
    assertThat(PackingOptions.chunkCapacity(Shape.of(3, 224, 224))).isEqualTo(111);
    assertThat(PackingOptions.chunkCapacity(Shape.of(3, 3000, 3000))).isEqualTo(1);
  }

  @Test
  void optionsSayWhatIsWrong() {
    assertThatThrownBy(() -> new PackingOptions(1, 1, 1, 1.5, 1))
        .hasMessage("a part of the images lies in 0.0..1.0 (or 0%..100%), got 1.5");
    assertThatThrownBy(() -> new PackingOptions(1, 1, 1, 0.5, 0))
        .hasMessage("partitions must be at least 1, got 0");
  }
}
