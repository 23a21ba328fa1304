package org.convoy.spark.input;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.convoy.data.Chunk;
import org.convoy.image.ImageResizer;
import org.convoy.image.ImageSize;
import org.convoy.spark.input.FolderSource.Labels;
import org.convoy.spark.testing.RealData;
import org.convoy.spark.testing.SparkLayout;
import org.convoy.spark.testing.SparkLayouts;
import org.convoy.spark.testing.StandaloneCluster;
import org.convoy.tensor.Shape;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The same chunks however the work is spread. */
class ImagePackerIT {
  private static final int[] PARTITIONS = {1, 3, 8, 17};
  private static final ImagePreparation SMALL =
      ImagePreparation.resizing(
          3, new ImageResizer(ImageSize.square(40), ImageResizer.Fit.CROP), 1_000_000);

  @TempDir private Path directory;

  private static ImageSet clothes() throws IOException {
    Path folder = Path.of("../conf/data/fashion-mnist-sample");
    return Reading.open(
        new IdxSource(
            folder.resolve("t10k-images-idx3-ubyte.gz").toString(),
            folder.resolve("t10k-labels-idx1-ubyte.gz").toString(),
            GivenClasses.NONE));
  }

  private static ImageSet photos() throws IOException {
    return Reading.open(
        new FolderSource(RealData.path("images/cats-dogs").toString(), Labels.FOLDERS));
  }

  private static String hash(
      SparkLayout layout, ImageSet set, ImagePreparation preparation, PackingOptions options)
      throws IOException {
    try (PackedImages packed = ImagePacker.pack(layout.context(), set, preparation, options)) {
      assertThat(packed.summary().imageCount()).isEqualTo(set.summary().count());
      return packed.summary().contentHash();
    }
  }

  @Test
  void threadsAndPartitionsDoNotMatter() throws IOException {
    ImageSet clothes = clothes();
    ImagePreparation exact = ImagePreparation.exact(Shape.of(1, 28, 28), 1000);
    Map<String, String> hashes = new TreeMap<>();
    for (int threads : new int[] {1, 2, 4}) {
      try (SparkLayout layout = SparkLayouts.local(threads)) {
        for (int partitions : PARTITIONS) {
          PackingOptions options = new PackingOptions(3, 4, 300, 0, partitions);
          hashes.put(layout + " " + partitions, hash(layout, clothes, exact, options));
        }
      }
    }

    assertThat(hashes).hasSize(12);
    assertThat(List.copyOf(hashes.values())).containsOnly(hashes.get("local[1] 1"));
  }

  @Test
  void chunksThatDieWithAnExecutorComeBackTheSame() throws IOException {
    ImageSet photos = photos();
    PackingOptions options = new PackingOptions(3, 4, 16, 0, 5);
    String local;
    try (SparkLayout layout = SparkLayouts.local(2)) {
      local = hash(layout, photos, SMALL, options);
    }

    try (StandaloneCluster cluster =
            StandaloneCluster.start(directory, StandaloneCluster.Executors.simd(2));
        SparkLayout layout = SparkLayouts.on(cluster);
        PackedImages packed = ImagePacker.pack(layout.context(), photos, SMALL, options)) {
      List<Integer> before = fingerprints(packed);
      cluster.killExecutor(0);

      assertThat(packed.summary().contentHash()).isEqualTo(local);
      assertThat(fingerprints(packed)).isEqualTo(before);
    }
  }

  private static List<Integer> fingerprints(PackedImages packed) {
    List<Integer> hashes = new ArrayList<>();
    for (Chunk chunk : packed.chunks().collect()) {
      hashes.add(Arrays.hashCode(chunk.pixels()));
    }
    return hashes;
  }
}
