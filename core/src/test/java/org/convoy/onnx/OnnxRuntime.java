package org.convoy.onnx;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import org.convoy.onnx.format.OnnxModel;
import org.convoy.tensor.Shape;
import org.convoy.tensor.Tensor;

/**
 * ONNX Runtime, the judge of what we write: opening a session checks the whole model.
 *
 * <p>Its library (1.29) crashes in a JVM whose command line is longer than some 16 kB; Surefire
 * keeps it short.
 */
public final class OnnxRuntime implements AutoCloseable {
  private final OrtEnvironment environment = OrtEnvironment.getEnvironment();
  private final OrtSession session;

  /** By way of a temporary file: large models would fill the heap with copies. */
  public OnnxRuntime(OnnxModel model) throws OrtException, IOException {
    Path file = Files.createTempFile("convoy", ".onnx");
    try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
      try (OutputStream out = Files.newOutputStream(file)) {
        model.write(out);
      }
      options.setIntraOpNumThreads(1);
      this.session = environment.createSession(file.toString(), options);
    } finally {
      Files.delete(file);
    }
  }

  /** The only output for one input. */
  public Tensor run(Tensor input) throws OrtException {
    long[] dims = Arrays.stream(input.shape().toArray()).asLongStream().toArray();
    String name = session.getInputNames().iterator().next();
    try (OnnxTensor tensor =
            OnnxTensor.createTensor(environment, FloatBuffer.wrap(input.toArray()), dims);
        OrtSession.Result result = session.run(Map.of(name, tensor))) {
      OnnxTensor output = (OnnxTensor) result.get(0);
      int[] sizes = Arrays.stream(output.getInfo().getShape()).mapToInt(Math::toIntExact).toArray();
      float[] values = new float[Shape.of(sizes).elementCount()];
      output.getFloatBuffer().get(values);
      return Tensor.of(Shape.of(sizes), values);
    }
  }

  @Override
  public void close() throws OrtException {
    session.close();
  }
}
