package org.convoy.spark.input;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.apache.spark.api.java.JavaSparkContext;
import org.convoy.image.DecodeResult;
import org.convoy.image.ImageDecoder;
import org.convoy.image.ImageResizer;
import org.convoy.image.ImageSize;
import org.convoy.image.codec.PictureDecoder;
import org.convoy.spark.input.FolderSource.Labels;
import org.convoy.spark.testing.RealData;
import org.convoy.spark.testing.SparkTest;
import org.convoy.tensor.Shape;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@SparkTest
class KeyedImagesTest {
  private static final ImagePreparation RESIZED =
      ImagePreparation.resizing(
          3, new ImageResizer(ImageSize.square(24), ImageResizer.Fit.CROP), 1_000_000);

  @TempDir private Path directory;

  @Test
  void everyFileHasARowInOrderAlsoBrokenOnes(JavaSparkContext context) throws IOException {
    SampleImages.png(directory.resolve("a.png"), 1, 5, 5);
    Files.write(directory.resolve("b.png"), new byte[0]);
    SampleImages.png(directory.resolve("c,d e.png"), 2, 5, 6);
    ImageSet set = Reading.open(new FolderSource(directory.toString(), Labels.NONE));

    List<KeyedImage> images =
        set.keyed(context, ImagePreparation.exact(Shape.of(3, 5, 5), 1000), 2).collect();

    assertThat(images)
        .extracting(image -> image.id() + " " + image.label() + " " + image.key())
        .containsExactly(
            "0 -1 file:" + directory + "/a.png",
            "1 -1 file:" + directory + "/b.png",
            "2 -1 file:" + directory + "/c,d e.png");
    assertThat(images.get(0).result().picture().orElseThrow().toArray())
        .isEqualTo(SampleImages.pixels(1, 3, 5, 5));
    assertThat(images.get(1).result().problem()).isEqualTo("the file is empty");
    assertThat(images.get(2).result().problem())
        .isEqualTo(
            "has height x width 5x6, expected 5x5; set data.resize = {size = 5} to resize all"
                + " images");
  }

  @Test
  void imagesAreDecodedOneAtATime(JavaSparkContext context) throws IOException {
    for (int i = 0; i < 100; i++) {
      SampleImages.png(directory.resolve(100 + i + ".png"), i, 5, 5);
    }
    ImageSet set = Reading.open(new FolderSource(directory.toString(), Labels.NONE));
    CountingDecoder.CALLS.set(0);

    List<KeyedImage> images =
        set.keyed(context, RESIZED.withDecoder(new CountingDecoder()), 1).take(3);

    assertThat(images).hasSize(3);
    assertThat(CountingDecoder.CALLS).hasValueLessThan(10);
  }

  /** Tells how often it was asked, in this JVM. */
  private static final class CountingDecoder implements ImageDecoder {
    private static final long serialVersionUID = 1L;
    static final AtomicInteger CALLS = new AtomicInteger();

    @Override
    public DecodeResult decode(byte[] file) {
      CALLS.incrementAndGet();
      return PictureDecoder.ofColor().decode(file);
    }
  }

  @Test
  void oddAndBrokenFilesAreAllAccountedFor(JavaSparkContext context) throws IOException {
    Path odd = RealData.path("images/odd/made");
    Map<String, String> expectations =
        Files.readAllLines(odd.resolve("MANIFEST.tsv")).stream()
            .skip(1)
            .map(line -> line.split("\t"))
            .collect(Collectors.toMap(fields -> fields[0], fields -> fields[3]));
    ImageSet set = Reading.open(new FolderSource(odd.toString(), Labels.NONE));

    List<KeyedImage> images = set.keyed(context, RESIZED, 5).collect();

    assertThat(set.summary().notes()).hasSize(1);
    assertThat(images)
        .extracting(image -> image.key().substring(("file:" + odd + "/").length()))
        .containsExactlyElementsOf(
            expectations.keySet().stream()
                .filter(name -> !expectations.get(name).equals("skip"))
                .sorted()
                .toList());
    for (KeyedImage image : images) {
      String name = image.key().substring(("file:" + odd + "/").length());
      boolean decoded = image.result().picture().isPresent();
      switch (expectations.get(name)) {
        case "decode", "decode with care" -> assertThat(decoded).as(name).isTrue();
        case "reject", "reject: bomb" -> assertThat(decoded).as(name).isFalse();
        default -> assertThat(image.result().problem().isEmpty()).as(name).isEqualTo(decoded);
      }
    }
  }
}
