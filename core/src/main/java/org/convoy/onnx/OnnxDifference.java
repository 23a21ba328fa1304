package org.convoy.onnx;

import java.util.Arrays;
import java.util.Locale;
import org.convoy.onnx.operator.Value;

/**
 * How far values are from what was expected.
 *
 * @param absolute largest |got - expected|
 * @param relative largest |got - expected| / |expected| where more is expected than {@link
 *     OnnxCheck#ABSOLUTE}
 * @param problem the first reason why that is too far; empty if it is not
 */
public record OnnxDifference(double absolute, double relative, String problem) {
  /** No difference. */
  public static final OnnxDifference NONE = new OnnxDifference(0, 0, "");

  /** Compares types, dims and all elements. */
  public static OnnxDifference between(Value expected, Value got) {
    if (expected.type() != got.type() || !Arrays.equals(expected.dims(), got.dims())) {
      return new OnnxDifference(
          Double.POSITIVE_INFINITY,
          Double.POSITIVE_INFINITY,
          "expected " + expected + ", got " + got);
    }
    double absolute = 0;
    double relative = 0;
    String problem = "";
    for (int i = 0; i < expected.size(); i++) {
      double wanted = expected.number(i);
      double distance = distance(wanted, got.number(i));
      absolute = Math.max(absolute, distance);
      if (Math.abs(wanted) > OnnxCheck.ABSOLUTE) {
        relative = Math.max(relative, distance / Math.abs(wanted));
      }
      if (problem.isEmpty() && isTooFar(wanted, distance)) {
        problem =
            String.format(Locale.ROOT, "element %d: expected %s, got %s", i, wanted, got.number(i));
      }
    }
    return new OnnxDifference(absolute, relative, problem);
  }

  private static boolean isTooFar(double wanted, double distance) {
    double bound = Double.isFinite(wanted) ? OnnxCheck.RELATIVE * Math.abs(wanted) : 0;
    return !(distance <= OnnxCheck.ABSOLUTE + bound);
  }

  /** 0 for equal numbers and for two that are none, infinite where only one is finite. */
  private static double distance(double wanted, double got) {
    if (wanted == got || (Double.isNaN(wanted) && Double.isNaN(got))) {
      return 0;
    }
    double distance = Math.abs(wanted - got);
    return Double.isNaN(distance) ? Double.POSITIVE_INFINITY : distance;
  }

  /** The larger differences of two comparisons, with the first problem. */
  public OnnxDifference and(OnnxDifference other) {
    return new OnnxDifference(
        Math.max(absolute, other.absolute),
        Math.max(relative, other.relative),
        problem.isEmpty() ? other.problem : problem);
  }

  public boolean isWithinTolerance() {
    return problem.isEmpty();
  }
}
