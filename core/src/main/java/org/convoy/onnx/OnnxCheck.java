package org.convoy.onnx;

import java.util.List;
import org.convoy.backend.Backend;
import org.convoy.onnx.format.OnnxModel;
import org.convoy.onnx.format.OnnxTensor;
import org.convoy.onnx.operator.OnnxGraphException;
import org.convoy.onnx.operator.UnsupportedNodeException;
import org.convoy.onnx.operator.Value;

/**
 * Runs a model on recorded inputs and compares with recorded outputs, as the tests of the ONNX
 * project do it: types and dims must be equal, and every number within {@value #ABSOLUTE} plus
 * {@value #RELATIVE} of the expected one.
 */
public final class OnnxCheck {
  /** The suite's {@code rtol}. */
  public static final double RELATIVE = 1e-3;

  /** The suite's {@code atol}. */
  public static final double ABSOLUTE = 1e-7;

  private OnnxCheck() {}

  /**
   * Recorded inputs and outputs.
   *
   * @param inputs for the graph's true inputs, in their order
   * @param outputs for the graph's outputs, in their order
   */
  public record Recording(List<OnnxTensor> inputs, List<OnnxTensor> outputs) {
    public Recording {
      inputs = List.copyOf(inputs);
      outputs = List.copyOf(outputs);
    }
  }

  /** How a check can end. */
  public enum Verdict {
    PASS,
    FAIL,
    /** A node is valid ONNX but nothing here computes it. */
    UNSUPPORTED
  }

  /**
   * What came of a check.
   *
   * @param difference of the numbers, where they were compared
   * @param detail why it did not pass; empty if it did
   */
  public record Result(Verdict verdict, OnnxDifference difference, String detail) {}

  /** Checks one model on all its recordings. */
  public static Result run(OnnxModel model, List<Recording> recordings, Backend backend) {
    OnnxDifference difference = OnnxDifference.NONE;
    if (recordings.isEmpty()) {
      return new Result(Verdict.FAIL, difference, "nothing is recorded to compare with");
    }
    try {
      OnnxRunner runner = new OnnxRunner(model, backend);
      for (Recording recording : recordings) {
        List<Value> inputs = recording.inputs().stream().map(Value::of).toList();
        List<Value> outputs = runner.run(inputs);
        if (outputs.size() != recording.outputs().size()) {
          return new Result(
              Verdict.FAIL,
              difference,
              "expected " + recording.outputs().size() + " outputs, got " + outputs.size());
        }
        for (int i = 0; i < outputs.size(); i++) {
          Value expected = Value.of(recording.outputs().get(i));
          difference = difference.and(OnnxDifference.between(expected, outputs.get(i)));
        }
      }
    } catch (UnsupportedNodeException e) {
      return new Result(Verdict.UNSUPPORTED, difference, e.getMessage());
    } catch (OnnxGraphException e) {
      return new Result(Verdict.FAIL, difference, e.getMessage());
    }
    Verdict verdict = difference.isWithinTolerance() ? Verdict.PASS : Verdict.FAIL;
    return new Result(verdict, difference, difference.problem());
  }
}
