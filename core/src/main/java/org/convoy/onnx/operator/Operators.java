package org.convoy.onnx.operator;

import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Set;
import java.util.function.Supplier;
import org.convoy.onnx.format.OnnxNode;

/** All operators that are known, and the checks that every call of one passes. */
public final class Operators {
  /** Newer versions of the operator set may mean something else by the same names. */
  public static final int NEWEST_OPSET = 22;

  private static final Map<String, OperatorTable.Entry> TABLE =
      new OperatorTable()
          .addAll(ConvolutionOperators.table())
          .addAll(PoolingOperators.table())
          .addAll(NormalizationOperators.table())
          .addAll(ActivationOperators.table())
          .addAll(ProductOperators.table())
          .addAll(ArithmeticOperators.table())
          .addAll(ReductionOperators.table())
          .addAll(ShapeOperators.table())
          .addAll(MovementOperators.table())
          .addAll(PadOperators.table())
          .addAll(ResizeOperators.table())
          .entries();

  private Operators() {}

  /** Names of all operators, sorted. */
  public static Set<String> names() {
    return TABLE.keySet();
  }

  /**
   * What computes a call.
   *
   * @throws UnsupportedNodeException if nothing does
   * @throws NotConstantException if an input's numbers are needed and not known
   * @throws OnnxGraphException if the call contradicts the operator's definition; the message names
   *     the node
   */
  public static Outcome evaluate(Call call) {
    OperatorTable.Entry entry = find(call);
    Outcome outcome = inNode(call, () -> entry.operator().evaluate(call));
    call.requireAllAttributesRead();
    requireOutputs(call, outcome);
    return outcome;
  }

  /** {@link #evaluate}, carried out; all inputs must be known. */
  public static List<Value> run(Call call) {
    Outcome outcome = evaluate(call);
    return inNode(call, () -> call.execute(outcome));
  }

  /** Whatever a malformed node provokes becomes a message that names the node. */
  private static <T> T inNode(Call call, Supplier<T> step) {
    try {
      return step.get();
    } catch (UnsupportedNodeException | NotConstantException e) {
      throw e;
    } catch (IllegalArgumentException
        | ArithmeticException
        | IndexOutOfBoundsException
        | NoSuchElementException e) {
      throw inNode(call.node(), e);
    }
  }

  private static OnnxGraphException inNode(OnnxNode node, RuntimeException e) {
    return new OnnxGraphException(
        "node '" + node.label() + "' (" + node.operator() + "): " + e.getMessage(), e);
  }

  private static OperatorTable.Entry find(Call call) {
    OnnxNode node = call.node();
    OperatorTable.Entry entry = node.domain().isEmpty() ? TABLE.get(node.operator()) : null;
    if (entry == null) {
      throw call.unsupported("no layer or function computes it");
    }
    if (call.opset() > NEWEST_OPSET) {
      throw call.unsupported("operators are known up to opset " + NEWEST_OPSET);
    }
    if (call.inputCount() < entry.least() || call.inputCount() > entry.most()) {
      throw inNode(
          node,
          new OnnxGraphException(
              String.format(
                  "expected %s inputs, got %d",
                  entry.most() == Integer.MAX_VALUE
                      ? entry.least() + " or more"
                      : entry.least() + " to " + entry.most(),
                  call.inputCount())));
    }
    return entry;
  }

  private static void requireOutputs(Call call, Outcome outcome) {
    int known = outcome instanceof Outcome.Values values ? values.list().size() : 1;
    for (int i = known; i < call.node().outputs().size(); i++) {
      if (call.wants(i)) {
        throw call.unsupported("its output " + i + " (" + call.node().outputs().get(i) + ")");
      }
    }
  }
}
