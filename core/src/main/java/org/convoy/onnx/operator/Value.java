package org.convoy.onnx.operator;

import java.util.Arrays;
import org.convoy.onnx.format.ElementType;
import org.convoy.onnx.format.HalfFloat;
import org.convoy.onnx.format.OnnxTensor;
import org.convoy.tensor.Shape;
import org.convoy.tensor.Tensor;

/**
 * An array of any rank, from a graph's input, constant or computation. Never changes.
 *
 * <p>Halves are kept as floats, whole numbers and truth values as longs.
 */
public final class Value {
  private final ElementType type;
  private final int[] dims;
  private final float[] floats;
  private final double[] doubles;
  private final long[] integers;

  private Value(ElementType type, int[] dims, float[] floats, double[] doubles, long[] integers) {
    int length =
        floats != null ? floats.length : doubles != null ? doubles.length : integers.length;
    if (length != Dims.elementCount(dims)) {
      throw new OnnxGraphException(
          "dims " + Arrays.toString(dims) + " do not hold " + length + " elements");
    }
    this.type = type;
    this.dims = dims;
    this.floats = floats;
    this.doubles = doubles;
    this.integers = integers;
  }

  /** A FLOAT value on the given numbers, which are not copied. */
  public static Value ofFloats(int[] dims, float... values) {
    return new Value(ElementType.FLOAT, dims.clone(), values, null, null);
  }

  /** An INT64 value on the given numbers, which are not copied. */
  public static Value ofLongs(int[] dims, long... values) {
    return new Value(ElementType.INT64, dims.clone(), null, null, values);
  }

  /** An INT64 value with one axis. */
  public static Value list(int... values) {
    return ofLongs(new int[] {values.length}, Arrays.stream(values).asLongStream().toArray());
  }

  /** A BOOL value on the given numbers, each 0 or 1, which are not copied. */
  static Value ofTruths(int[] dims, long... values) {
    return new Value(ElementType.BOOL, dims.clone(), null, null, values);
  }

  /** A copy of a tensor's elements. */
  public static Value of(Tensor tensor) {
    return ofFloats(tensor.shape().toArray(), tensor.toArray());
  }

  /** The numbers of a file. */
  public static Value of(OnnxTensor tensor) {
    Dims.elementCount(tensor.dims());
    return switch (tensor.type()) {
      case FLOAT, FLOAT16, BFLOAT16 ->
          new Value(tensor.type(), tensor.dims(), tensor.floats(), null, null);
      case DOUBLE -> new Value(tensor.type(), tensor.dims(), null, tensor.doubles(), null);
      case UINT8, INT8, UINT16, INT16, INT32, INT64, BOOL, UINT32, UINT64 ->
          new Value(tensor.type(), tensor.dims(), null, null, tensor.integers());
    };
  }

  public ElementType type() {
    return type;
  }

  /** Sizes of the axes; none for a single number. */
  public int[] dims() {
    return dims.clone();
  }

  public int rank() {
    return dims.length;
  }

  /** Number of elements. */
  public int size() {
    return floats != null ? floats.length : doubles != null ? doubles.length : integers.length;
  }

  /**
   * The array of a FLOAT, FLOAT16 or BFLOAT16 value, shared; must not be written.
   *
   * @throws OnnxGraphException if the value has another type
   */
  public float[] floats() {
    if (floats == null) {
      throw new OnnxGraphException("expected floats, got " + this);
    }
    return floats;
  }

  /**
   * The array of a value of whole numbers or truth values, shared; must not be written.
   *
   * @throws OnnxGraphException if the value has another type
   */
  public long[] integers() {
    if (integers == null) {
      throw new OnnxGraphException("expected whole numbers, got " + this);
    }
    return integers;
  }

  /** One element; whole numbers above 2^53 are rounded. */
  public double number(int index) {
    return floats != null ? floats[index] : doubles != null ? doubles[index] : integers[index];
  }

  /** The same elements, row-major, in other dims. */
  public Value reshaped(int... newDims) {
    return new Value(type, newDims.clone(), floats, doubles, integers);
  }

  /**
   * Elements by their indexes; an index of -1 gives the filler's element, or 0 without one.
   *
   * @param filler one element of the same type, or null
   */
  Value take(int[] newDims, int[] indexes, Value filler) {
    if (floats != null) {
      float[] taken = new float[indexes.length];
      float rest = filler == null ? 0 : filler.floats()[0];
      for (int i = 0; i < taken.length; i++) {
        taken[i] = indexes[i] < 0 ? rest : floats[indexes[i]];
      }
      return new Value(type, newDims.clone(), taken, null, null);
    } else if (doubles != null) {
      double[] taken = new double[indexes.length];
      double rest = filler == null ? 0 : filler.number(0);
      Arrays.setAll(taken, i -> indexes[i] < 0 ? rest : doubles[indexes[i]]);
      return new Value(type, newDims.clone(), null, taken, null);
    }
    long[] taken = new long[indexes.length];
    long rest = filler == null ? 0 : filler.integers()[0];
    Arrays.setAll(taken, i -> indexes[i] < 0 ? rest : integers[indexes[i]]);
    return new Value(type, newDims.clone(), null, null, taken);
  }

  /** Elements by their indexes, all at least 0. */
  Value take(int[] newDims, int[] indexes) {
    return take(newDims, indexes, null);
  }

  /** These elements and then those of another value of the same type, along one axis. */
  Value followedBy(Value other) {
    if (other.type != type) {
      throw new OnnxGraphException("expected two values of one type, got " + this + ", " + other);
    }
    int[] whole = {size() + other.size()};
    if (floats != null) {
      float[] both = Arrays.copyOf(floats, whole[0]);
      System.arraycopy(other.floats, 0, both, size(), other.size());
      return new Value(type, whole, both, null, null);
    } else if (doubles != null) {
      double[] both = Arrays.copyOf(doubles, whole[0]);
      System.arraycopy(other.doubles, 0, both, size(), other.size());
      return new Value(type, whole, null, both, null);
    }
    long[] both = Arrays.copyOf(integers, whole[0]);
    System.arraycopy(other.integers, 0, both, size(), other.size());
    return new Value(type, whole, null, null, both);
  }

  /** The axes in another order: axis k of the result is axis {@code order[k]} of this. */
  Value transposed(int... order) {
    int[] newDims = new int[order.length];
    int[] own = Dims.strides(dims);
    int[] strides = new int[order.length];
    for (int k = 0; k < order.length; k++) {
      newDims[k] = dims[order[k]];
      strides[k] = own[order[k]];
    }
    return take(newDims, Dims.indexes(newDims, 0, strides));
  }

  /** Batch x height x width x channels with the channels before height and width. */
  public Value channelsFirst() {
    return transposed(0, 3, 1, 2);
  }

  /**
   * The same numbers as another type: fractions are cut off, halves rounded to the nearest even,
   * and whole numbers keep their lower bits.
   */
  Value cast(ElementType target) {
    if (target == type) {
      return this;
    }
    int size = size();
    if (target == ElementType.DOUBLE) {
      double[] values = new double[size];
      Arrays.setAll(values, this::number);
      return new Value(target, dims, null, values, null);
    } else if (target.isFloating()) {
      float[] values = new float[size];
      for (int i = 0; i < size; i++) {
        values[i] = narrow(target, integers != null ? integers[i] : (float) number(i));
      }
      return new Value(target, dims, values, null, null);
    }
    long[] values = new long[size];
    for (int i = 0; i < size; i++) {
      boolean truth = target == ElementType.BOOL;
      long whole = integers != null ? integers[i] : (long) number(i);
      values[i] = truth ? (number(i) != 0 ? 1 : 0) : wrap(target, whole);
    }
    return new Value(target, dims, null, null, values);
  }

  private static float narrow(ElementType target, float value) {
    return switch (target) {
      case FLOAT16 -> HalfFloat.round(value);
      case BFLOAT16 -> roundToUpperHalf(value);
      case FLOAT, DOUBLE, UINT8, INT8, UINT16, INT16, INT32, INT64, BOOL, UINT32, UINT64 -> value;
    };
  }

  private static float roundToUpperHalf(float value) {
    if (!Float.isFinite(value)) {
      return value;
    }
    int bits = Float.floatToRawIntBits(value);
    int even = bits >>> 16 & 1;
    return Float.intBitsToFloat(bits + 0x7fff + even & 0xffff_0000);
  }

  private static long wrap(ElementType target, long value) {
    return switch (target) {
      case UINT8 -> value & 0xff;
      case INT8 -> (byte) value;
      case UINT16 -> value & 0xffff;
      case INT16 -> (short) value;
      case INT32 -> (int) value;
      case UINT32 -> value & 0xffff_ffffL;
      case INT64, UINT64, BOOL, FLOAT, FLOAT16, BFLOAT16, DOUBLE -> value;
    };
  }

  /** Whole numbers of this value's type, wrapped to its width. */
  Value withIntegers(int[] newDims, long[] values) {
    for (int i = 0; i < values.length; i++) {
      values[i] = wrap(type, values[i]);
    }
    return new Value(type, newDims.clone(), null, null, values);
  }

  /** Numbers of this value's floating type. */
  Value withDoubles(int[] newDims, double[] values) {
    if (type == ElementType.DOUBLE) {
      return new Value(type, newDims.clone(), null, values, null);
    }
    float[] rounded = new float[values.length];
    for (int i = 0; i < values.length; i++) {
      rounded[i] = narrow(type, (float) values[i]);
    }
    return new Value(type, newDims.clone(), rounded, null, null);
  }

  /**
   * A tensor on the same floats, which are not copied.
   *
   * @param sizes at least one, each at least 1
   * @throws OnnxGraphException if this is no FLOAT value
   */
  public Tensor tensor(int... sizes) {
    if (type != ElementType.FLOAT) {
      throw new OnnxGraphException("expected floats of 32 bits, got " + this);
    }
    return Tensor.of(Shape.of(sizes), floats);
  }

  /** For example {@code FLOAT[1, 3, 5]}. */
  @Override
  public String toString() {
    return type + Arrays.toString(dims);
  }
}
