package org.convoy.spark.run;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;
import org.convoy.backend.Backend;
import org.convoy.onnx.OnnxCheck;
import org.convoy.onnx.OnnxCheck.Recording;
import org.convoy.onnx.OnnxCheck.Result;
import org.convoy.onnx.OnnxCheck.Verdict;
import org.convoy.onnx.OnnxDifference;
import org.convoy.onnx.format.OnnxFileException;
import org.convoy.onnx.format.OnnxModel;
import org.convoy.onnx.format.OnnxTensor;
import org.convoy.spark.input.InputException;
import org.convoy.spark.storage.Storage;

/**
 * Runs folders in the layout of the ONNX project's tests: {@code model.onnx} beside {@code
 * test_data_set_N} folders with {@code input_K.pb} and {@code output_K.pb}.
 */
public final class OnnxTestRun {
  private static final String MODEL = "model.onnx";
  private static final int MOST_LEVELS = 4;
  private static final int LARGEST_TENSOR = Integer.MAX_VALUE - 8;

  private final Storage storage;
  private final Backend backend;

  /**
   * What came of one folder.
   *
   * @param name of the folder
   */
  public record Row(String name, Result result) {}

  public OnnxTestRun(Storage storage, Backend backend) {
    this.storage = storage;
    this.backend = backend;
  }

  /**
   * All folders that hold a model.
   *
   * @param locations folders with a model, or with such folders in them
   * @throws InputException if there is none in one of the locations
   */
  public List<Path> find(List<String> locations) throws IOException {
    List<Path> found = new ArrayList<>();
    for (String location : locations) {
      Path folder = storage.resolve(location);
      int before = found.size();
      if (storage.exists(folder)) {
        collect(folder, 0, found);
      }
      if (found.size() == before) {
        throw new InputException(
            folder
                + ": found no test there; expected a folder with "
                + MODEL
                + " and test_data_set_0, or a folder of such folders");
      }
    }
    return found;
  }

  private void collect(Path folder, int level, List<Path> found) throws IOException {
    if (storage.exists(Storage.child(folder, MODEL))) {
      found.add(folder);
    } else if (level < MOST_LEVELS && storage.status(folder).isDirectory()) {
      for (FileStatus child : storage.list(folder)) {
        if (child.isDirectory()) {
          collect(child.getPath(), level + 1, found);
        }
      }
    }
  }

  /** Runs one of them; a damaged file is a failure of its test. */
  public Row run(Path folder) throws IOException {
    try {
      return new Row(folder.getName(), OnnxCheck.run(model(folder), recordings(folder), backend));
    } catch (OnnxFileException e) {
      return new Row(
          folder.getName(), new Result(Verdict.FAIL, OnnxDifference.NONE, e.getMessage()));
    }
  }

  private OnnxModel model(Path folder) throws IOException {
    return readModel(storage, Storage.child(folder, MODEL));
  }

  /** Reads a model from any file system. */
  static OnnxModel readModel(Storage storage, Path file) throws IOException {
    long size = storage.status(file).getLen();
    try (InputStream in = new BufferedInputStream(storage.open(file))) {
      return OnnxModel.read(in, file.toString(), size);
    }
  }

  private List<Recording> recordings(Path folder) throws IOException {
    List<Recording> recordings = new ArrayList<>();
    Path set = Storage.child(folder, "test_data_set_0");
    while (storage.exists(set)) {
      recordings.add(new Recording(tensors(set, "input_"), tensors(set, "output_")));
      set = Storage.child(folder, "test_data_set_" + recordings.size());
    }
    return recordings;
  }

  private List<OnnxTensor> tensors(Path set, String prefix) throws IOException {
    List<OnnxTensor> tensors = new ArrayList<>();
    Path file = Storage.child(set, prefix + "0.pb");
    while (storage.exists(file)) {
      tensors.add(OnnxTensor.parse(storage.read(file, LARGEST_TENSOR), file.toString()));
      file = Storage.child(set, prefix + tensors.size() + ".pb");
    }
    return tensors;
  }
}
