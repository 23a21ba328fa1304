package org.convoy.onnx.operator;

import java.util.Arrays;
import java.util.Map;
import org.convoy.nn.layer.Linear;
import org.convoy.tensor.Tensor;

/** Matrix products, each a {@link Linear} layer. */
final class ProductOperators {
  private ProductOperators() {}

  static OperatorTable table() {
    return new OperatorTable()
        .add("Gemm", 2, 3, ProductOperators::gemm)
        .add("MatMul", 2, 2, ProductOperators::matMul);
  }

  /** alpha A' B' + beta C. */
  private static Outcome gemm(Call call) {
    float alpha = call.number("alpha", 1);
    float beta = call.number("beta", 1);
    boolean transposeA = call.integer("transA", 0) != 0;
    boolean transposeB = call.integer("transB", 0) != 0;
    call.integer("broadcast", 0);
    requireMatrix(call, 0);
    requireMatrix(call, 1);
    Value weight = transposeB ? call.value(1) : call.value(1).transposed(1, 0);
    Tensor scaled = scaled(weight, alpha).tensor(weight.dims());
    int columns = weight.dims()[0];
    Linear layer = Linear.of(columns);
    int[] bias = call.has(2) ? call.dims(2) : new int[] {0};
    boolean perColumn = Dims.elementCount(bias) == 1 || isRow(bias, columns);
    if (!transposeA && perColumn) {
      return LayerCall.of(layer)
          .input(0, call.layerDims(0))
          .parameter("weight", scaled)
          .parameter("bias", row(scaled(call.value(2), beta), columns));
    } else if (!transposeA && !call.has(2)) {
      return LayerCall.of(layer.withoutBias())
          .input(0, call.layerDims(0))
          .parameter("weight", scaled);
    }
    Value a = transposeA ? call.value(0).transposed(1, 0) : call.value(0);
    Tensor product =
        call.run(layer.withoutBias(), Map.of("weight", scaled), a.tensor(a.dims())).output();
    return Outcome.of(
        call.has(2)
            ? ArithmeticOperators.add(Value.of(product), scaled(call.value(2), beta))
            : Value.of(product));
  }

  private static void requireMatrix(Call call, int index) {
    if (call.rank(index) != 2) {
      throw new OnnxGraphException(
          "expected a matrix, got dims " + Arrays.toString(call.dims(index)));
    }
    call.layerDims(index);
  }

  private static boolean isRow(int[] dims, int columns) {
    return dims.length > 0
        && dims[dims.length - 1] == columns
        && Dims.elementCount(dims) == columns;
  }

  private static Tensor row(Value value, int columns) {
    float[] row = new float[columns];
    for (int i = 0; i < columns; i++) {
      row[i] = value.floats()[value.size() == 1 ? 0 : i];
    }
    return Value.ofFloats(new int[] {columns}, row).tensor(columns);
  }

  private static Value scaled(Value value, float factor) {
    if (factor == 1) {
      return value;
    }
    float[] scaled = value.floats().clone();
    for (int i = 0; i < scaled.length; i++) {
      scaled[i] *= factor;
    }
    return Value.ofFloats(value.dims(), scaled);
  }

  private static Outcome matMul(Call call) {
    int[] a = call.dims(0);
    int[] b = call.dims(1);
    if (b.length != 2 || a.length < 2) {
      return Outcome.of(batched(call, call.value(0), call.value(1)));
    }
    call.layerDims(0);
    call.layerDims(1);
    int[] output = a.clone();
    output[a.length - 1] = b[1];
    int rows = Dims.product(a, 0, a.length - 1);
    Value weight = call.value(1).transposed(1, 0);
    return LayerCall.of(Linear.of(b[1]).withoutBias())
        .input(0, rows, a[a.length - 1])
        .parameter("weight", weight.tensor(weight.dims()))
        .output(output);
  }

  /** NumPy's rules: matrices along the last two axes, the others broadcast. */
  private static Value batched(Call call, Value a, Value b) {
    Value left = a.rank() == 1 ? a.reshaped(1, a.size()) : a;
    Value right = b.rank() == 1 ? b.reshaped(b.size(), 1) : b;
    int rows = left.dims()[left.rank() - 2];
    int inner = left.dims()[left.rank() - 1];
    int columns = right.dims()[right.rank() - 1];
    if (a.rank() == 0 || b.rank() == 0 || right.dims()[right.rank() - 2] != inner) {
      throw new OnnxGraphException("matrices " + a + " and " + b + " do not fit");
    }
    int[] outerA = Arrays.copyOf(left.dims(), left.rank() - 2);
    int[] outerB = Arrays.copyOf(right.dims(), right.rank() - 2);
    int[] outer = Dims.broadcast(outerA, outerB);
    int[] atA = Dims.broadcastIndexes(outerA, outer);
    int[] atB = Dims.broadcastIndexes(outerB, outer);
    int[] dims = Arrays.copyOf(outer, outer.length + 2);
    dims[outer.length] = rows;
    dims[outer.length + 1] = columns;
    float[] products = new float[Dims.elementCount(dims)];
    Linear layer = Linear.of(columns).withoutBias();
    for (int i = 0; i < atA.length; i++) {
      Value matrix = part(right, atB[i], inner, columns).transposed(1, 0);
      Tensor product =
          call.run(
                  layer,
                  Map.of("weight", matrix.tensor(columns, inner)),
                  part(left, atA[i], rows, inner).tensor(rows, inner))
              .output();
      System.arraycopy(product.data(), 0, products, i * rows * columns, rows * columns);
    }
    return Value.ofFloats(dims, products).reshaped(withoutOnes(dims, a.rank(), b.rank()));
  }

  private static Value part(Value value, int index, int rows, int columns) {
    int start = index * rows * columns;
    return Value.ofFloats(
        new int[] {rows, columns},
        Arrays.copyOfRange(value.floats(), start, start + rows * columns));
  }

  /** Takes off the axes that were put to vectors. */
  private static int[] withoutOnes(int[] dims, int rankA, int rankB) {
    int[] outer = Arrays.copyOf(dims, dims.length - 2);
    int rows = dims[dims.length - 2];
    int columns = dims[dims.length - 1];
    int kept = (rankA == 1 ? 0 : 1) + (rankB == 1 ? 0 : 1);
    int[] result = Arrays.copyOf(outer, outer.length + kept);
    if (rankA != 1) {
      result[outer.length] = rows;
    }
    if (rankB != 1) {
      result[result.length - 1] = columns;
    }
    return result;
  }
}
