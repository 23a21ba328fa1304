package org.convoy.onnx;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.convoy.onnx.OnnxCheck.Recording;
import org.convoy.onnx.format.OnnxTensor;

/** Folders of local tests in the layout of the ONNX suite. */
final class OnnxFolders {
  private OnnxFolders() {}

  /** All folders in {@code parent} that hold a model, by name. */
  static List<Path> tests(Path parent) throws IOException {
    try (Stream<Path> folders = Files.list(parent)) {
      return folders.filter(folder -> Files.exists(folder.resolve("model.onnx"))).sorted().toList();
    }
  }

  static List<Recording> recordings(Path test) throws IOException {
    List<Recording> recordings = new ArrayList<>();
    for (int i = 0; Files.isDirectory(test.resolve("test_data_set_" + i)); i++) {
      Path folder = test.resolve("test_data_set_" + i);
      recordings.add(new Recording(tensors(folder, "input_"), tensors(folder, "output_")));
    }
    return recordings;
  }

  private static List<OnnxTensor> tensors(Path folder, String prefix) throws IOException {
    List<OnnxTensor> tensors = new ArrayList<>();
    for (int i = 0; Files.exists(folder.resolve(prefix + i + ".pb")); i++) {
      Path file = folder.resolve(prefix + i + ".pb");
      tensors.add(OnnxTensor.parse(Files.readAllBytes(file), file.toString()));
    }
    return tensors;
  }
}
