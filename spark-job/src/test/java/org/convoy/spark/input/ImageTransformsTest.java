package org.convoy.spark.input;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.api.java.JavaSparkContext;
import org.convoy.augment.Augmentation;
import org.convoy.augment.Axis;
import org.convoy.augment.ColorShift;
import org.convoy.augment.DrawContext;
import org.convoy.augment.Normalization;
import org.convoy.augment.PixelPipeline;
import org.convoy.augment.PixelWorkspace;
import org.convoy.augment.RandomCrop;
import org.convoy.augment.RandomFlip;
import org.convoy.data.Chunk;
import org.convoy.image.ImageSize;
import org.convoy.image.geometry.Border;
import org.convoy.spark.testing.SparkTest;
import org.convoy.tensor.Shape;
import org.junit.jupiter.api.Test;

@SparkTest
class ImageTransformsTest {
  private static final Shape SHAPE = Shape.of(3, 6, 5);
  private static final PixelPipeline PIPELINE =
      pipeline(
          new RandomFlip(0.5, Axis.HORIZONTAL),
          new RandomCrop(new ImageSize(4, 4), 1, Border.ZERO),
          new ColorShift(0.9));

  private static PixelPipeline pipeline(Augmentation... augmentations) {
    return new PixelPipeline(List.of(augmentations), Normalization.NONE);
  }

  /** Chunks of that many images each, with ids from 0. */
  private static List<Chunk> chunks(int... sizes) {
    List<Chunk> chunks = new ArrayList<>();
    int id = 0;
    for (int size : sizes) {
      Chunk.Builder builder = new Chunk.Builder(chunks.size(), 3, SHAPE, size);
      for (int i = 0; i < size; i++, id++) {
        builder.add(2 * i, id, id % 5, SampleImages.pixels(id, 3, 6, 5));
      }
      chunks.add(builder.build());
    }
    return chunks;
  }

  private static Map<Long, String> pixelsById(List<Chunk> chunks) {
    Map<Long, String> pixels = new TreeMap<>();
    for (Chunk chunk : chunks) {
      int size = chunk.imageShape().elementCount();
      for (int i = 0; i < chunk.size(); i++) {
        String hex =
            new BigInteger(1, Arrays.copyOfRange(chunk.pixels(), i * size, (i + 1) * size))
                .toString(16);
        pixels.put(chunk.id(i), hex);
      }
    }
    return pixels;
  }

  @Test
  void pixelsDependOnSeedEpochAndIdAlone(JavaSparkContext context) {
    Map<Long, String> one =
        pixelsById(
            ImageTransforms.augment(context.parallelize(chunks(20), 1), PIPELINE, 7, 2).collect());
    Map<Long, String> many =
        pixelsById(
            ImageTransforms.augment(context.parallelize(chunks(7, 1, 0, 12), 3), PIPELINE, 7, 2)
                .collect());

    assertThat(many).isEqualTo(one).hasSize(20);
    assertThat(
            pixelsById(
                ImageTransforms.augment(context.parallelize(chunks(20), 2), PIPELINE, 7, 3)
                    .collect()))
        .isNotEqualTo(one);
    assertThat(
            pixelsById(
                ImageTransforms.augment(context.parallelize(chunks(20), 2), PIPELINE, 8, 2)
                    .collect()))
        .isNotEqualTo(one);
  }

  @Test
  void everythingButPixelsStays(JavaSparkContext context) {
    List<Chunk> before = chunks(5, 3);

    List<Chunk> after =
        ImageTransforms.augment(context.parallelize(before, 2), PIPELINE, 1, 0).collect();

    assertThat(after).hasSize(2);
    for (int c = 0; c < 2; c++) {
      assertThat(after.get(c).shard()).isEqualTo(before.get(c).shard());
      assertThat(after.get(c).index()).isEqualTo(before.get(c).index());
      assertThat(after.get(c).imageShape()).isEqualTo(Shape.of(3, 4, 4));
      for (int i = 0; i < before.get(c).size(); i++) {
        assertThat(after.get(c).slot(i)).isEqualTo(before.get(c).slot(i));
        assertThat(after.get(c).annotation(i)).isEqualTo(before.get(c).annotation(i));
      }
    }
  }

  @Test
  void withoutAugmentationsAllBytesStay(JavaSparkContext context) {
    List<Chunk> before = chunks(20);

    List<Chunk> after =
        ImageTransforms.augment(context.parallelize(before, 2), pipeline(), 1, 0).collect();

    assertThat(after.get(0).pixels()).isEqualTo(before.get(0).pixels());
  }

  @Test
  void bytesAreTheNearestToWhatTrainingSees(JavaSparkContext context) {
    List<Chunk> before = chunks(3);

    Chunk after = ImageTransforms.augment(context.parallelize(before, 1), PIPELINE, 5, 4).first();

    DrawContext drawn = DrawContext.of(5, 4, 2);
    float[] seen = new float[48];
    PIPELINE.prepare(before.get(0).pixels(), 2 * 90, SHAPE, drawn, seen, 0, new PixelWorkspace());
    boolean clamped = false;
    for (int i = 0; i < seen.length; i++) {
      long nearest = Math.round(seen[i] * 255.0);
      clamped |= nearest < 0 || nearest > 255;
      assertThat(after.pixels()[2 * 48 + i] & 0xff)
          .isEqualTo((int) Math.max(0, Math.min(255, nearest)));
    }
    assertThat(clamped).as("some value leaves the range of bytes").isTrue();
  }

  @Test
  void normalizedImagesAreNoBytes(JavaSparkContext context) {
    PixelPipeline normalizing =
        new PixelPipeline(List.of(), new Normalization(List.of(0.5), List.of(0.25)));

    assertThatThrownBy(
            () -> ImageTransforms.augment(context.parallelize(chunks(1)), normalizing, 1, 0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "augmented images are bytes, which cannot be normalized; leave out"
                + " Normalization[mean=[0.5], std=[0.25]]");
  }
}
