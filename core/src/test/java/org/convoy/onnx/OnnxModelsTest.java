package org.convoy.onnx;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.zip.GZIPInputStream;
import org.convoy.DataFolder;
import org.convoy.backend.Backends;
import org.convoy.nn.Execution;
import org.convoy.onnx.OnnxImporter.Choice;
import org.convoy.onnx.OnnxImporter.Imported;
import org.convoy.onnx.format.OnnxModel;
import org.convoy.onnx.format.OnnxTensor;
import org.convoy.onnx.operator.Value;
import org.convoy.tensor.Tensor;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Networks of other programs, run and imported, against outputs that ONNX Runtime recorded. */
@Tag("backend")
class OnnxModelsTest {
  private static final int IMAGES = 100;
  private static final int CLASSES = 10;
  private static final double[] MEAN = {0.4914, 0.4822, 0.4465};
  private static final double[] STD = {0.2471, 0.2435, 0.2616};

  /** Pictures as a network wants them, one behind the other, and their labels. */
  private static final class Pictures {
    private final int[] dims;
    private final float[] pixels;
    private final int[] labels;

    Pictures(int[] dims, float[] pixels, int[] labels) {
      this.dims = dims;
      this.pixels = pixels;
      this.labels = labels;
    }

    Value get(int index) {
      int size = pixels.length / IMAGES;
      return Value.ofFloats(dims, Arrays.copyOfRange(pixels, index * size, (index + 1) * size));
    }

    boolean isOf(int index, float[] scores) {
      return largest(scores) == labels[index];
    }

    boolean channelsLast() {
      return dims[3] == 3;
    }
  }

  private static Path file(String name) {
    return DataFolder.require("onnx-models").resolve(name);
  }

  private static Pictures mnist() throws IOException {
    float[] pixels = new float[IMAGES * 28 * 28];
    int[] labels = new int[IMAGES];
    Path folder = DataFolder.require("mnist");
    try (DataInputStream images = unzipped(folder.resolve("t10k-images-idx3-ubyte.gz"));
        DataInputStream names = unzipped(folder.resolve("t10k-labels-idx1-ubyte.gz"))) {
      images.skipNBytes(16);
      names.skipNBytes(8);
      for (int i = 0; i < pixels.length; i++) {
        pixels[i] = images.readUnsignedByte();
      }
      for (int i = 0; i < IMAGES; i++) {
        labels[i] = names.readUnsignedByte();
      }
    }
    return new Pictures(new int[] {1, 1, 28, 28}, pixels, labels);
  }

  private static DataInputStream unzipped(Path file) throws IOException {
    return new DataInputStream(new GZIPInputStream(Files.newInputStream(file)));
  }

  /** Lossless CIFAR-10 images; channels first and normalized, or channels last in 0..1. */
  private static Pictures cifar(boolean channelsLast) throws IOException {
    int plane = 32 * 32;
    float[] pixels = new float[IMAGES * 3 * plane];
    int[] labels = new int[IMAGES];
    try (InputStream in =
        Files.newInputStream(DataFolder.require("cifar10/test_batch_first100.bin"))) {
      for (int n = 0; n < IMAGES; n++) {
        labels[n] = in.read();
        byte[] record = in.readNBytes(3 * plane);
        for (int i = 0; i < record.length; i++) {
          double value = (record[i] & 0xff) / 255.0;
          int channel = i / plane;
          int to = channelsLast ? i % plane * 3 + channel : i;
          pixels[n * record.length + to] =
              (float) (channelsLast ? value : (value - MEAN[channel]) / STD[channel]);
        }
      }
    }
    int[] dims = channelsLast ? new int[] {1, 32, 32, 3} : new int[] {1, 3, 32, 32};
    return new Pictures(dims, pixels, labels);
  }

  /** Runs all pictures, one at a time, as graph and as imported network. */
  private static int correct(Path model, Path recorded, Pictures pictures, double tolerance)
      throws IOException {
    OnnxModel onnx = OnnxModel.read(model);
    float[] expected = NpyFile.read(recorded);
    OnnxRunner runner = new OnnxRunner(onnx, Backends.best());
    Imported imported = OnnxImporter.read(onnx, Choice.NONE, Backends.best());
    Execution execution = Execution.forInference(imported.network(), Backends.best(), 1);
    int correct = 0;
    for (int n = 0; n < IMAGES; n++) {
      Value input = pictures.get(n);
      float[] graph = runner.run(List.of(input)).get(0).floats();
      Value first = pictures.channelsLast() ? input.channelsFirst() : input;
      execution.input(1).copyFrom(first.tensor(first.dims()));
      Tensor network = execution.forward(1, imported.parameters());
      for (int c = 0; c < CLASSES; c++) {
        float wanted = expected[n * CLASSES + c];
        assertThat(Math.abs(graph[c] - wanted)).isLessThanOrEqualTo((float) tolerance);
        assertThat(Math.abs(network.data()[network.offset() + c] - wanted))
            .isLessThanOrEqualTo((float) tolerance);
      }
      correct += pictures.isOf(n, graph) ? 1 : 0;
    }
    return correct;
  }

  private static int largest(float[] values) {
    int best = 0;
    for (int i = 1; i < CLASSES; i++) {
      best = values[i] > values[best] ? i : best;
    }
    return best;
  }

  @Test
  void cntkNetworkReadsDigits() throws IOException {
    Path folder = file("mnist-cntk");
    Path recorded = folder.resolve("mnist-8.t10k_first100.logits.npy");
    // Pixels are 0..255, logits some thousands.
    assertThat(correct(folder.resolve("mnist-8.onnx"), recorded, mnist(), 0.05)).isEqualTo(99);
  }

  @Test
  void forerunnerOfOpsetOneReadsDigits() throws IOException {
    OnnxModel onnx = OnnxModel.read(file("mnist-cntk/mnist-opset1.onnx"));
    OnnxRunner runner = new OnnxRunner(onnx, Backends.best());
    Pictures pictures = mnist();
    int correct = 0;
    for (int n = 0; n < IMAGES; n++) {
      Value input = pictures.get(n);
      correct += pictures.isOf(n, runner.run(List.of(input)).get(0).floats()) ? 1 : 0;
    }

    assertThat(correct).isGreaterThanOrEqualTo(98);
    assertThat(OnnxImporter.read(onnx, Choice.NONE, Backends.best()).difference()).isLessThan(1e-5);
  }

  @ParameterizedTest
  @CsvSource({"resnet_2b, 77", "resnet_4b, 81"})
  void residualNetworksClassifyPictures(String name, int correct) throws IOException {
    Path folder = file("cifar-resnet");
    Path recorded = folder.resolve(name + ".test_first100.logits.npy");

    assertThat(correct(folder.resolve(name + ".onnx"), recorded, cifar(false), 1e-4))
        .isEqualTo(correct);
  }

  @Test
  void networkWithChannelsLastClassifiesPictures() throws IOException {
    Path folder = file("cifar-squeezenet");
    Path recorded = folder.resolve("squeezenet_cifar10.test_first100.probabilities.npy");

    assertThat(correct(folder.resolve("squeezenet_cifar10.onnx"), recorded, cifar(true), 1e-5))
        .isEqualTo(78);
  }

  @Test
  void faceDetectorGivesBoxesAndScores() throws IOException {
    Path folder = file("ultraface");
    String name = "version-slim-320_without_postprocessing";
    OnnxModel onnx = OnnxModel.read(folder.resolve(name + ".onnx"));
    float[] pattern = new float[3 * 240 * 320];
    for (int i = 0; i < pattern.length; i++) {
      pattern[i] = (7L * i % 255 - 127) / 128f;
    }
    Value input = Value.ofFloats(new int[] {1, 3, 240, 320}, pattern);

    List<Value> outputs = new OnnxRunner(onnx, Backends.best()).run(List.of(input));

    assertThat(outputs.get(0).floats())
        .usingComparatorWithPrecision(1e-4f)
        .containsExactly(NpyFile.read(folder.resolve(name + ".pattern.scores.npy")));
    assertThat(outputs.get(1).floats())
        .usingComparatorWithPrecision(1e-4f)
        .containsExactly(NpyFile.read(folder.resolve(name + ".pattern.boxes.npy")));
    Choice boxes = new Choice(Optional.of("boxes"), Optional.empty());
    assertThat(OnnxImporter.read(onnx, boxes, Backends.best()).difference()).isLessThan(1e-5);
  }

  @ParameterizedTest
  @ValueSource(strings = {"squeezenet", "inception_v1", "resnet50"})
  void graphsOfKnownNetworksGiveTheirOutputs(String name) throws IOException {
    assertLight(name);
  }

  @Tag("long")
  @ParameterizedTest
  @ValueSource(strings = {"bvlc_alexnet", "vgg19"})
  void largeGraphsOfKnownNetworksGiveTheirOutputs(String name) throws IOException {
    assertLight(name);
  }

  private static void assertLight(String name) throws IOException {
    Path folder = file("light");
    OnnxModel onnx = OnnxModel.read(folder.resolve("light_" + name + ".onnx"));
    Path output = folder.resolve("light_" + name + "_output_0.pb");
    float[] values = new float[3 * 224 * 224];
    for (int i = 0; i < values.length; i++) {
      values[i] = i / 150_528f;
    }
    Value input = Value.ofFloats(new int[] {1, 3, 224, 224}, values);
    Value expected = Value.of(OnnxTensor.parse(Files.readAllBytes(output), output.toString()));

    Value got = new OnnxRunner(onnx, Backends.best()).run(List.of(input)).get(0);

    assertThat(OnnxDifference.between(expected, got).problem()).isEmpty();
  }
}
