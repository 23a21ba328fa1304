package org.convoy.spark.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageTypeSpecifier;
import javax.imageio.ImageWriter;
import javax.imageio.metadata.IIOMetadata;
import javax.imageio.metadata.IIOMetadataNode;
import javax.imageio.stream.MemoryCacheImageOutputStream;
import org.apache.spark.sql.SparkSession;
import org.convoy.description.Json;
import org.convoy.random.RandomKey;
import org.convoy.spark.testing.SparkTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Animations of a dot that goes to the left or to the right: only the order of frames tells. */
@SparkTest
class VolumeTrainingTest {
  private static final int FRAMES = 6;
  private static final int SIDE = 12;

  @TempDir private Path folder;

  @Test
  void aNetworkOfThreeDimensionsTellsMovementsApart(SparkSession session) throws IOException {
    write("train", 40);
    write("test", 20);
    Files.writeString(folder.resolve("train/left/broken.gif"), "GIF89a");
    Path recipe = recipe();
    Path run = folder.resolve("run");

    CommandLineRun train =
        CommandLineRun.in(session, "train", recipe.toString(), "output.directory=" + run);

    assertThat(train.err()).isEmpty();
    assertThat(train.out()).contains("1 images could not be used", "GIF file is truncated");
    assertThat(Json.parseObject(Files.readString(run.resolve("result.json"))))
        .containsEntry("testAccuracy", 1.0);

    CommandLineRun score =
        CommandLineRun.in(
            session,
            "score",
            "model=" + run.resolve("model.safetensors"),
            "source={type=folder,root=\"" + folder.resolve("test") + "\"}",
            "output.directory=" + folder.resolve("scores"));
    assertThat(score.err()).isEmpty();
    assertThat(score.out()).contains("of 40 labeled images 100.00 % are classified right");
  }

  @ParameterizedTest
  @ValueSource(strings = {"pixels", "original"})
  void packedVolumesGiveTheSameBytes(String form, SparkSession session) throws IOException {
    write("train", 6);
    write("test", 3);
    Path recipe = recipe();
    boolean resized = form.equals("pixels");

    CommandLineRun pack =
        CommandLineRun.in(
            session,
            "pack",
            recipe.toString(),
            "--images=" + form,
            resized ? "epochs=1" : "data.resize=null",
            "output.directory=" + folder.resolve("packed"));
    assertThat(pack.err()).isEmpty();
    String[] packed = {
      "data.train={type=packed, path=\"%s/packed/train\"}".formatted(folder),
      "data.test={type=packed, path=\"%s/packed/test\"}".formatted(folder)
    };

    assertThat(trained(session, recipe, "again", packed))
        .isEqualTo(trained(session, recipe, "raw"));
    CommandLineRun look =
        CommandLineRun.of(
            "visualize",
            folder.resolve("raw/model.safetensors").toString(),
            folder.resolve("train/left/0.gif").toString(),
            "--out=" + folder.resolve("sheets"));
    assertThat(look.err()).contains("was trained on volumes; only what networks see in pictures");
    Map<String, Object> manifest =
        Json.parseObject(Files.readString(folder.resolve("packed/train/_manifest.json")));
    assertThat((List<?>) manifest.get("mean")).hasSize(1);
    if (resized) {
      assertThat(manifest).containsEntry("imageShape", "6x10x10");
      CommandLineRun other =
          CommandLineRun.of(
              "train", recipe.toString(), "--dry-run", "data.volume=null", packed[0], packed[1]);
      assertThat(other.err())
          .contains("the images are volumes of 6x10x10", "data.channels = 1 and no data.volume");
    }
  }

  private Object trained(SparkSession session, Path recipe, String name, String... options)
      throws IOException {
    List<String> arguments = new ArrayList<>(List.of("train", recipe.toString(), "epochs=2"));
    arguments.addAll(List.of(options));
    arguments.add("output.directory=" + folder.resolve(name));
    CommandLineRun run = CommandLineRun.in(session, arguments.toArray(String[]::new));
    assertThat(run.err()).isEmpty();
    return Json.parseObject(Files.readString(folder.resolve(name + "/result.json")))
        .get("modelSha256");
  }

  @Test
  void whatTakesFramesForColorsIsRefused() throws IOException {
    write("train", 1);
    write("test", 1);
    String recipe = recipe().toString();

    CommandLineRun train =
        CommandLineRun.of(
            "train",
            recipe,
            "--dry-run",
            "augmentation=[{type=random-apply, augmentations=[{type=color-jitter, hue=0.1}]}]");
    CommandLineRun preview =
        CommandLineRun.of(
            "augment-preview",
            folder.resolve("train/left/0.gif").toString(),
            recipe,
            "--out=" + folder.resolve("sheet.png"));

    assertThat(train.status()).isEqualTo(2);
    assertThat(train.err())
        .contains("augmentation", "random-apply tells channels apart, and would take the frames");
    assertThat(preview.status()).isEqualTo(2);
    assertThat(preview.err()).contains("the recipe's images are volumes (data.volume)");
  }

  @Test
  void volumesAreNoPng() throws IOException {
    write("train", 1);

    CommandLineRun pack =
        CommandLineRun.of(
            "pack", recipe().toString(), "data.test=null", "--images=png", "output.directory=x");

    assertThat(pack.status()).isEqualTo(2);
    assertThat(pack.err()).contains("volumes are no pictures that PNG could hold");
  }

  @Test
  void imagesThatAreNoVolumesAreRefusedAtOnce() throws IOException {
    Path recipe = TinyData.writeRecipe(folder);

    CommandLineRun train =
        CommandLineRun.of("train", recipe.toString(), "--dry-run", "data.volume={frames=4}");

    assertThat(train.status()).isEqualTo(2);
    assertThat(train.err())
        .contains("data.volume is for files of many frames (GIF, NIfTI-1)", "has images of 1x8x8");
  }

  private Path recipe() throws IOException {
    return Files.writeString(
        folder.resolve("moving.conf"),
        """
        network {
          nodes = [
            { name = conv1, type = conv3d, outChannels = 8, kernelSize = 3, padding = 1 }
            { name = relu1, type = relu }
            { name = conv2, type = conv3d, outChannels = 8, kernelSize = 3, stride = 2 }
            { name = relu2, type = relu }
            { name = pool, type = global-max-pool }
            { name = flat, type = flatten }
            { name = fc, type = linear, outFeatures = 2 }
          ]
        }
        data {
          train { type = folder, root = ${here}/train }
          test { type = folder, root = ${here}/test }
          channels = 1
          resize { size = 10 }
          volume { frames = 6 }
        }
        augmentation = [{ type = random-crop, size = 10, padding = 1 }]
        normalization { mean = [0.1], std = [0.3] }
        batchSize = 16
        shards = 2
        epochs = 12
        optimizer { type = adam }
        learningRate { type = constant, learningRate = 0.01 }
        """);
  }

  private void write(String set, int count) throws IOException {
    for (String name : new String[] {"left", "right"}) {
      Path directory = Files.createDirectories(folder.resolve(set).resolve(name));
      for (int i = 0; i < count; i++) {
        RandomKey key = RandomKey.ofSeed(4).with(set).with(name).with(i);
        Files.write(directory.resolve(i + ".gif"), animation(key, name.equals("right")));
      }
    }
  }

  private static byte[] animation(RandomKey key, boolean right) throws IOException {
    ImageWriter writer = ImageIO.getImageWritersByFormatName("gif").next();
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    int row = (int) key.below(0, SIDE - 2);
    int start = (int) key.below(1, SIDE);
    try (MemoryCacheImageOutputStream out = new MemoryCacheImageOutputStream(bytes)) {
      writer.setOutput(out);
      writer.prepareWriteSequence(null);
      for (int frame = 0; frame < FRAMES; frame++) {
        BufferedImage picture = new BufferedImage(SIDE, SIDE, BufferedImage.TYPE_BYTE_GRAY);
        int column = Math.floorMod(start + (right ? 2 * frame : -2 * frame), SIDE);
        for (int i = 0; i < 4; i++) {
          int x = Math.min(SIDE - 1, column + i % 2);
          picture.getRaster().setSample(x, row + i / 2, 0, 200 + (int) key.below(2, 50));
        }
        writer.writeToSequence(new IIOImage(picture, null, metadata(writer, picture)), null);
      }
      writer.endWriteSequence();
    } finally {
      writer.dispose();
    }
    return bytes.toByteArray();
  }

  /** Each frame clears the one before. */
  private static IIOMetadata metadata(ImageWriter writer, BufferedImage picture)
      throws IOException {
    IIOMetadata metadata =
        writer.getDefaultImageMetadata(
            new ImageTypeSpecifier(picture), writer.getDefaultWriteParam());
    String format = metadata.getNativeMetadataFormatName();
    IIOMetadataNode root = new IIOMetadataNode(format);
    IIOMetadataNode control = new IIOMetadataNode("GraphicControlExtension");
    control.setAttribute("disposalMethod", "restoreToBackgroundColor");
    control.setAttribute("userInputFlag", "FALSE");
    control.setAttribute("transparentColorFlag", "FALSE");
    control.setAttribute("delayTime", "10");
    control.setAttribute("transparentColorIndex", "0");
    root.appendChild(control);
    metadata.mergeTree(format, root);
    return metadata;
  }
}
