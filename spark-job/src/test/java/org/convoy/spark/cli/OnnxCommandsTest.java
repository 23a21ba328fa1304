package org.convoy.spark.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.apache.spark.sql.SparkSession;
import org.convoy.checkpoint.Model;
import org.convoy.checkpoint.ModelFile;
import org.convoy.checkpoint.ParameterTensors;
import org.convoy.checkpoint.SafetensorsWriter;
import org.convoy.model.LeNet5;
import org.convoy.nn.Network;
import org.convoy.spark.testing.SparkTest;
import org.convoy.tensor.Shape;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@SparkTest
class OnnxCommandsTest {
  @TempDir private Path folder;

  /** Trains on tiny data; the model's file. */
  private Path trained(SparkSession session) throws IOException {
    Path recipe = TinyData.writeRecipe(folder);
    Path run = folder.resolve("run");
    CommandLineRun.in(session, "train", recipe.toString(), "epochs=2", "output.directory=" + run);
    return run.resolve("model.safetensors");
  }

  private static String accuracy(CommandLineRun evaluation) {
    return evaluation
        .out()
        .lines()
        .filter(line -> line.contains("accuracy"))
        .findFirst()
        .orElse("");
  }

  @Test
  void exportedModelComesBackAndJudgesAlike(SparkSession session) throws IOException {
    Path model = trained(session);
    Path onnx = folder.resolve("model.onnx");
    Path back = folder.resolve("back.safetensors");

    CommandLineRun export = CommandLineRun.of("export", model.toString(), onnx.toString());
    CommandLineRun imported =
        CommandLineRun.of(
            "import",
            onnx.toString(),
            back.toString(),
            "--classes=row,column",
            "--mean=0.5",
            "--std=0.25");

    assertThat(export.err()).isEmpty();
    assertThat(export.out()).startsWith("Network 1x8x8 -> 2, ").endsWith(onnx + "\n");
    assertThat(imported.err()).isEmpty();
    assertThat(imported.out())
        .startsWith("Network 1x8x8 -> 2, ")
        .contains("differs from the graph by 0.0e+00 of the largest output");
    String data =
        "data.test={type=idx,images="
            + folder
            + "/test-images,labels="
            + folder
            + "/test-labels,classes=[row,column]}";
    CommandLineRun first = CommandLineRun.in(session, "evaluate", "model=" + model, data);
    CommandLineRun second = CommandLineRun.in(session, "evaluate", "model=" + back, data);
    assertThat(accuracy(second)).startsWith("40 images: accuracy").isEqualTo(accuracy(first));
  }

  @Test
  void importRefusesWhatItCannotUse() throws IOException {
    Path text = Files.writeString(folder.resolve("text.onnx"), "no model at all");
    String out = folder.resolve("out.safetensors").toString();

    CommandLineRun noModel = CommandLineRun.of("import", text.toString(), out);
    CommandLineRun nothing = CommandLineRun.of("import", folder + "/gone.onnx", out);
    CommandLineRun itself = CommandLineRun.of("export", text.toString(), text.toString());

    assertThat(noModel.status()).isEqualTo(2);
    assertThat(noModel.err()).startsWith("error: ").contains("text.onnx: byte ").hasLineCount(1);
    assertThat(nothing.status()).isEqualTo(2);
    assertThat(nothing.err()).contains("gone.onnx: there is no such file");
    assertThat(itself.status()).isEqualTo(2);
    assertThat(itself.err()).contains("is the model itself");
    assertThat(Path.of(out)).doesNotExist();
  }

  @Test
  void weightsOfAKnownNetworkBecomeAModel() throws IOException {
    Network network = new LeNet5().build(Shape.of(1, 28, 28), 2);
    Path weights = folder.resolve("weights.safetensors");
    try (OutputStream out = Files.newOutputStream(weights)) {
      SafetensorsWriter.write(out, ParameterTensors.of(network.initialize(5)), Map.of());
    }
    Path model = folder.resolve("lenet.safetensors");

    CommandLineRun imported =
        CommandLineRun.of(
            "import",
            weights.toString(),
            model.toString(),
            "--network=lenet5",
            "--classes=row,column",
            "--mean=0.5");
    CommandLineRun other =
        CommandLineRun.of("import", weights.toString(), model + "2", "--network=resnet20");
    CommandLineRun unknown =
        CommandLineRun.of("import", weights.toString(), model + "2", "--network=lenet6");

    assertThat(imported.err()).isEmpty();
    assertThat(imported.out()).startsWith("Network 1x28x28 -> 2, ").endsWith(model + "\n");
    Model read = ModelFile.read(model);
    assertThat(read.network()).isEqualTo(network);
    assertThat(read.parameters().values()).isEqualTo(network.initialize(5).values());
    assertThat(read.info().classNames()).containsExactly("row", "column");
    assertThat(other.status()).isEqualTo(2);
    assertThat(other.err())
        .contains("weights.safetensors: the weights are not those of the network: missing: ")
        .contains("unexpected: ");
    assertThat(unknown.status()).isEqualTo(2);
    assertThat(unknown.err()).contains("unknown model 'lenet6'; did you mean 'lenet5'");
    assertThat(Path.of(model + "2")).doesNotExist();
  }

  @Test
  void namesMustBeAsManyAsOutputs(SparkSession session) throws IOException {
    Path onnx = folder.resolve("model.onnx");
    CommandLineRun.of("export", trained(session).toString(), onnx.toString());

    CommandLineRun few =
        CommandLineRun.of("import", onnx.toString(), folder + "/x.safetensors", "--classes=a");

    assertThat(few.status()).isEqualTo(2);
    assertThat(few.err()).contains("expected a name for each of the 2 outputs, got 1");
  }

  @Test
  void recordedTestsAreRunAndCounted() throws IOException {
    write("relu", "Relu", new int[] {0, 0x40});
    write("wrong", "Relu", new int[] {0x80, 0x40});
    write("other", "Einsum", new int[] {0, 0x40});

    CommandLineRun one = CommandLineRun.of("onnx-test", folder.resolve("relu").toString());
    CommandLineRun all = CommandLineRun.of("onnx-test", folder.toString());
    CommandLineRun none = CommandLineRun.of("onnx-test", folder.resolve("relu/gone").toString());

    assertThat(one.status()).isZero();
    assertThat(one.out()).endsWith("1 tests: 1 pass, 0 fail, 0 not supported\n");
    assertThat(all.status()).isEqualTo(1);
    assertThat(all.out())
        .containsPattern("(?m)^pass +0.00e\\+00 +0.00e\\+00  relu$")
        .containsPattern("(?m)^FAIL .*  wrong: element 0: expected 4.0, got 2.0$")
        .containsPattern("(?m)^unsupported +other: node 'y': Einsum of opset 13 is not supported")
        .endsWith("3 tests: 1 pass, 1 fail, 1 not supported\n");
    assertThat(none.status()).isEqualTo(2);
    assertThat(none.err()).contains("found no test there");
  }

  /** A model of one node from x to y, and one recording: x = 2, y = the given upper bytes. */
  private void write(String name, String operator, int[] expected) throws IOException {
    Path set = Files.createDirectories(folder.resolve(name).resolve("test_data_set_0"));
    byte[] type = operator.getBytes(StandardCharsets.US_ASCII);
    byte[] node = join(new byte[] {0x0a, 1, 'x', 0x12, 1, 'y', 0x22, (byte) type.length}, type);
    byte[] graph =
        join(
            new byte[] {0x0a, (byte) node.length},
            node,
            new byte[] {0x5a, 3, 0x0a, 1, 'x', 0x62, 3, 0x0a, 1, 'y'});
    byte[] model =
        join(
            new byte[] {0x08, 7, 0x3a, (byte) graph.length},
            graph,
            new byte[] {0x42, 4, 0x0a, 0, 0x10, 13});
    Files.write(folder.resolve(name).resolve("model.onnx"), model);
    Files.write(set.resolve("input_0.pb"), tensor(0, 0x40));
    Files.write(set.resolve("output_0.pb"), tensor(expected));
  }

  /** A tensor 1x1 of the float with these upper bytes. */
  private static byte[] tensor(int... upper) {
    return new byte[] {0x08, 1, 0x08, 1, 0x10, 1, 0x4a, 4, 0, 0, (byte) upper[0], (byte) upper[1]};
  }

  private static byte[] join(byte[]... pieces) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (byte[] piece : pieces) {
      out.writeBytes(piece);
    }
    return out.toByteArray();
  }
}
