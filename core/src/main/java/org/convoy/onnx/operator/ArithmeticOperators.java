package org.convoy.onnx.operator;

import java.util.Arrays;
import java.util.function.DoubleBinaryOperator;
import java.util.function.DoubleUnaryOperator;
import java.util.function.LongBinaryOperator;
import org.convoy.nn.layer.Add;
import org.convoy.onnx.format.ElementType;

/**
 * Arithmetic element by element, with NumPy's broadcasting. Sums of equal shapes are the layer
 * {@link Add}; the rest, which exported graphs compute shapes and constants with, is plain. Floats
 * are computed in double and rounded once, which for one operation is the float's own result.
 */
final class ArithmeticOperators {
  /** The opset from which shapes broadcast by NumPy's rules and not by attributes. */
  private static final int NUMPY_BROADCASTING = 7;

  private static final Function ADD = new Function(Double::sum, Long::sum);
  private static final Function MAX = new Function(Math::max, Math::max);
  private static final Function MIN = new Function(Math::min, Math::min);

  private ArithmeticOperators() {}

  /** A function of two numbers, fractional or whole. */
  private record Function(DoubleBinaryOperator floating, LongBinaryOperator whole) {}

  static OperatorTable table() {
    return new OperatorTable()
        .add("Add", 2, 2, call -> sum(call, 2))
        .add("Sum", 1, -1, call -> sum(call, call.inputCount()))
        .add("Sub", 2, 2, call -> binary(call, new Function((a, b) -> a - b, (a, b) -> a - b)))
        .add("Mul", 2, 2, call -> binary(call, new Function((a, b) -> a * b, (a, b) -> a * b)))
        .add("Div", 2, 2, call -> binary(call, new Function((a, b) -> a / b, Dims::divide)))
        .add("Pow", 2, 2, ArithmeticOperators::power)
        .add("Max", 1, -1, call -> Outcome.of(all(call, MAX)))
        .add("Min", 1, -1, call -> Outcome.of(all(call, MIN)))
        .add("Mean", 1, -1, ArithmeticOperators::mean)
        .add("Clip", 1, 3, ArithmeticOperators::clip)
        .add("Abs", 1, 1, call -> unary(call, Math::abs))
        .add("Neg", 1, 1, call -> unary(call, a -> -a))
        .add("Sqrt", 1, 1, call -> unary(call, Math::sqrt))
        .add("Reciprocal", 1, 1, call -> unary(call, a -> 1 / a))
        .add("Floor", 1, 1, call -> unary(call, Math::floor))
        .add("Ceil", 1, 1, call -> unary(call, Math::ceil))
        .add("Exp", 1, 1, call -> unary(call, StrictMath::exp));
  }

  /** The sum of two values that broadcast. */
  static Value add(Value a, Value b) {
    return apply(ADD, a, b);
  }

  private static Outcome sum(Call call, int count) {
    call.ignore("consumed_inputs");
    boolean layer = count > 1 && call.type(0) == ElementType.FLOAT;
    for (int i = 0; i < count; i++) {
      layer &= Arrays.equals(call.dims(i), call.dims(0)) && Dims.elementCount(call.dims(i)) > 0;
    }
    if (!layer) {
      return count == 2 ? binary(call, ADD) : Outcome.of(all(call, ADD));
    }
    readLegacyBroadcast(call);
    LayerCall sum = LayerCall.of(new Add());
    for (int i = 0; i < count; i++) {
      sum.input(i, ActivationOperators.batched(call, i));
    }
    return sum.output(call.dims(0));
  }

  private static Outcome binary(Call call, Function function) {
    call.ignore("consumed_inputs");
    Value b = call.value(1);
    int axis = readLegacyBroadcast(call);
    if (axis >= 0 && b.rank() > 0) {
      int[] dims = Arrays.copyOf(b.dims(), call.rank(0) - axis);
      Arrays.fill(dims, Math.min(b.rank(), dims.length), dims.length, 1);
      b = b.reshaped(dims);
    }
    return Outcome.of(apply(function, call.value(0), b));
  }

  /** Where the second input's axes begin in the first one's, or -1 if they end together. */
  private static int readLegacyBroadcast(Call call) {
    if (call.opset() >= NUMPY_BROADCASTING) {
      return -1;
    }
    boolean broadcast = call.integer("broadcast", 0) != 0;
    long axis = call.integer("axis", -1);
    return broadcast && axis >= 0 ? Dims.axis(axis, call.rank(0)) : -1;
  }

  private static Value all(Call call, Function function) {
    call.ignore("consumed_inputs");
    Value result = call.value(0);
    for (int i = 1; i < call.inputCount(); i++) {
      result = apply(function, result, call.value(i));
    }
    return result;
  }

  private static Outcome mean(Call call) {
    Value sum = all(call, ADD);
    double[] values = new double[sum.size()];
    Arrays.setAll(values, i -> sum.number(i) / call.inputCount());
    return Outcome.of(sum.withDoubles(sum.dims(), values));
  }

  private static Value apply(Function function, Value a, Value b) {
    if (a.type() != b.type()) {
      throw new OnnxGraphException("expected two values of one type, got " + a + " and " + b);
    }
    int[] dims = Dims.broadcast(a.dims(), b.dims());
    int[] atA = Dims.broadcastIndexes(a.dims(), dims);
    int[] atB = Dims.broadcastIndexes(b.dims(), dims);
    if (a.type().isFloating()) {
      double[] values = new double[atA.length];
      for (int i = 0; i < values.length; i++) {
        values[i] = function.floating().applyAsDouble(a.number(atA[i]), b.number(atB[i]));
      }
      return a.withDoubles(dims, values);
    }
    long[] values = new long[atA.length];
    for (int i = 0; i < values.length; i++) {
      values[i] = function.whole().applyAsLong(a.integers()[atA[i]], b.integers()[atB[i]]);
    }
    return a.withIntegers(dims, values);
  }

  private static Outcome unary(Call call, DoubleUnaryOperator function) {
    call.ignore("consumed_inputs");
    Value value = call.value(0);
    if (!value.type().isFloating()) {
      throw call.unsupported("it is known for fractional numbers, got " + value);
    }
    double[] values = new double[value.size()];
    Arrays.setAll(values, i -> function.applyAsDouble(value.number(i)));
    return Outcome.of(value.withDoubles(value.dims(), values));
  }

  private static Outcome power(Call call) {
    if (!call.type(0).isFloating()) {
      throw call.unsupported("it is known for fractional numbers");
    }
    Value exponent = call.value(1).cast(call.type(0));
    Function function = new Function(StrictMath::pow, (a, b) -> 0);
    return Outcome.of(apply(function, call.value(0), exponent));
  }

  private static Outcome clip(Call call) {
    call.ignore("consumed_inputs");
    Value value = call.value(0);
    if (call.node().attribute("min").isPresent() || call.node().attribute("max").isPresent()) {
      Value least = Value.ofFloats(new int[0], call.number("min", -Float.MAX_VALUE));
      Value most = Value.ofFloats(new int[0], call.number("max", Float.MAX_VALUE));
      return Outcome.of(apply(MIN, apply(MAX, value, least), most));
    }
    if (call.has(1)) {
      value = apply(MAX, value, call.value(1));
    }
    if (call.has(2)) {
      value = apply(MIN, value, call.value(2));
    }
    return Outcome.of(value);
  }
}
