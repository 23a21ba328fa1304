package org.convoy.onnx.format;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * A TensorProto: constant numbers with a name. Reading keeps the file's bytes; {@link #floats},
 * {@link #doubles} and {@link #integers} decode them when asked. The number of elements is known to
 * be that of the dimensions.
 */
public final class OnnxTensor {
  private static final int EXTERNAL = 1;

  private final String name;
  private final ElementType type;
  private final int[] dims;
  private final ByteBuffer raw;
  private final Numbers typed;

  private OnnxTensor(String name, ElementType type, int[] dims, ByteBuffer raw, Numbers typed) {
    this.name = name;
    this.type = type;
    this.dims = dims;
    this.raw = raw;
    this.typed = typed;
  }

  /**
   * Floats, copied.
   *
   * @param dims their product is {@code count}
   */
  public static OnnxTensor ofFloats(
      String name, int[] dims, float[] values, int offset, int count) {
    ByteBuffer raw = ByteBuffer.allocate(Math.multiplyExact(4, count));
    raw.order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().put(values, offset, count);
    return new OnnxTensor(name, ElementType.FLOAT, dims.clone(), raw, null);
  }

  /** Whole numbers of 64 bits along one axis, copied. */
  public static OnnxTensor ofLongs(String name, long... values) {
    ByteBuffer raw = ByteBuffer.allocate(Math.multiplyExact(8, values.length));
    raw.order(ByteOrder.LITTLE_ENDIAN).asLongBuffer().put(values);
    return new OnnxTensor(name, ElementType.INT64, new int[] {values.length}, raw, null);
  }

  /** What the graph calls it; empty for values of attributes. */
  public String name() {
    return name;
  }

  public ElementType type() {
    return type;
  }

  /** Sizes of the axes, outermost first: none for a single number, and a size may be 0. */
  public int[] dims() {
    return dims.clone();
  }

  /** Number of elements. */
  public int size() {
    return raw == null ? typed.size() : raw.capacity() / type.bytes();
  }

  /**
   * The elements of a FLOAT, FLOAT16 or BFLOAT16 tensor; all are floats exactly.
   *
   * @throws IllegalStateException if it has another type
   */
  public float[] floats() {
    return switch (type) {
      case FLOAT -> raw == null ? typed.toFloats() : rawFloats();
      case FLOAT16 -> {
        float[] values = new float[size()];
        for (int i = 0; i < values.length; i++) {
          values[i] = HalfFloat.toFloat(half(i));
        }
        yield values;
      }
      case BFLOAT16 -> {
        float[] values = new float[size()];
        for (int i = 0; i < values.length; i++) {
          values[i] = Float.intBitsToFloat(half(i) << 16);
        }
        yield values;
      }
      case DOUBLE, UINT8, INT8, UINT16, INT16, INT32, INT64, BOOL, UINT32, UINT64 ->
          throw new IllegalStateException("a tensor of " + type + " has no floats");
    };
  }

  /**
   * The elements of a DOUBLE tensor.
   *
   * @throws IllegalStateException if it has another type
   */
  public double[] doubles() {
    if (type != ElementType.DOUBLE) {
      throw new IllegalStateException("a tensor of " + type + " has no doubles");
    }
    if (raw == null) {
      return typed.toDoubles();
    }
    double[] values = new double[size()];
    little().asDoubleBuffer().get(values);
    return values;
  }

  /**
   * The elements of a tensor of whole numbers or truth values; unsigned ones of 64 bits keep their
   * bits.
   *
   * @throws IllegalStateException if it has another type
   */
  public long[] integers() {
    if (type.isFloating()) {
      throw new IllegalStateException("a tensor of " + type + " has no whole numbers");
    }
    long[] values = raw == null ? typed.toLongs() : rawIntegers();
    if (type == ElementType.BOOL) {
      Arrays.setAll(values, i -> values[i] == 0 ? 0 : 1);
    }
    return values;
  }

  private float[] rawFloats() {
    float[] values = new float[size()];
    little().asFloatBuffer().get(values);
    return values;
  }

  private long[] rawIntegers() {
    ByteBuffer in = little();
    long[] values = new long[size()];
    for (int i = 0; i < values.length; i++) {
      values[i] =
          switch (type) {
            case UINT8, BOOL -> in.get() & 0xff;
            case INT8 -> in.get();
            case UINT16 -> in.getShort() & 0xffff;
            case INT16 -> in.getShort();
            case INT32 -> in.getInt();
            case UINT32 -> in.getInt() & 0xffff_ffffL;
            case INT64, UINT64 -> in.getLong();
            case FLOAT, FLOAT16, BFLOAT16, DOUBLE -> throw new IllegalStateException();
          };
    }
    return values;
  }

  private int half(int index) {
    return raw == null ? (int) typed.at(index) & 0xffff : little().getShort(2 * index) & 0xffff;
  }

  private ByteBuffer little() {
    return raw.duplicate().rewind().order(ByteOrder.LITTLE_ENDIAN);
  }

  /**
   * A whole file of one tensor, as the tests of ONNX have them.
   *
   * @param file what messages call it
   * @throws OnnxFileException if it is none
   */
  public static OnnxTensor parse(byte[] content, String file) throws OnnxFileException {
    return read(WireReader.of(content, file, "tensor"));
  }

  static OnnxTensor read(WireReader in) throws OnnxFileException {
    Fields fields = new Fields();
    while (in.next()) {
      fields.read(in);
    }
    return fields.toTensor(in);
  }

  WireWriter write() {
    WireWriter out = new WireWriter();
    for (int dim : dims) {
      out.varint(1, dim);
    }
    out.varint(2, type.number());
    out.stringIfAny(8, name);
    if (raw == null) {
      throw new IllegalStateException("a tensor that was read is not written again");
    }
    out.bytes(9, rawBytes());
    return out;
  }

  /** The array itself where it is ours alone, else a copy of our part of it. */
  private byte[] rawBytes() {
    if (raw.arrayOffset() == 0 && raw.array().length == raw.capacity()) {
      return raw.array();
    }
    byte[] copy = new byte[raw.capacity()];
    little().get(copy);
    return copy;
  }

  /** What has been read of a tensor. */
  private static final class Fields {
    private final Numbers dims = new Numbers();
    private final Numbers typed = new Numbers();
    private String name = "";
    private long type;
    private ByteBuffer raw;
    private long location;
    private int typedField;

    void read(WireReader in) throws OnnxFileException {
      switch (in.field()) {
        case 1 -> in.varints(dims, "dims");
        case 2 -> type = in.varint("data_type");
        case 4 -> in.floats(typed(in), "float_data");
        case 5 -> in.varints(typed(in), "int32_data");
        case 7 -> in.varints(typed(in), "int64_data");
        case 8 -> name = in.string("name");
        case 9 -> raw = in.bytes("raw_data");
        case 10 -> in.doubles(typed(in), "double_data");
        case 11 -> in.varints(typed(in), "uint64_data");
        case 14 -> location = in.varint("data_location");
        default -> in.skip();
      }
    }

    private Numbers typed(WireReader in) throws OnnxFileException {
      if (typedField != 0 && typedField != in.field()) {
        throw in.error(label() + "numbers in the fields " + typedField + " and " + in.field());
      }
      typedField = in.field();
      return typed;
    }

    OnnxTensor toTensor(WireReader in) throws OnnxFileException {
      ElementType elements =
          ElementType.ofNumber(type)
              .orElseThrow(
                  () -> in.error(label() + "elements of data_type " + type + " are not read"));
      if (location == EXTERNAL) {
        throw in.error(
            label()
                + "the numbers lie in another file, which is not read;"
                + " save the model with its numbers inside (save_as_external_data=False)");
      }
      int[] sizes = sizes(in);
      requireSize(in, elements, sizes);
      return new OnnxTensor(name, elements, sizes, raw, raw == null ? typed : null);
    }

    private String label() {
      return name.isEmpty() ? "" : "'" + name + "': ";
    }

    private int[] sizes(WireReader in) throws OnnxFileException {
      int[] sizes = new int[dims.size()];
      for (int i = 0; i < sizes.length; i++) {
        long size = dims.at(i);
        if (size < 0 || size > Integer.MAX_VALUE) {
          throw in.error(label() + "dims: a size must be in 0..2147483647, got " + size);
        }
        sizes[i] = (int) size;
      }
      return sizes;
    }

    private void requireSize(WireReader in, ElementType elements, int[] sizes)
        throws OnnxFileException {
      long expected = 1;
      for (int size : sizes) {
        expected = Math.min(expected * size, Long.MAX_VALUE >>> 32);
      }
      if (raw == null && typed.size() > 0 && typedField != fieldOf(elements)) {
        throw in.error(label() + "numbers of " + elements + " in the field " + typedField);
      }
      long got = raw == null ? typed.size() : raw.capacity();
      long wanted = raw == null ? expected : expected * elements.bytes();
      if (got != wanted) {
        throw in.error(
            String.format(
                "%sexpected %d %s for dims %s of %s, got %d",
                label(),
                wanted,
                raw == null ? "numbers" : "bytes",
                Arrays.toString(sizes),
                elements,
                got));
      }
    }

    /** Where onnx.proto3 puts elements that are not raw. */
    private static int fieldOf(ElementType elements) {
      return switch (elements) {
        case FLOAT -> 4;
        case INT32, INT16, INT8, UINT16, UINT8, BOOL, FLOAT16, BFLOAT16 -> 5;
        case INT64 -> 7;
        case DOUBLE -> 10;
        case UINT32, UINT64 -> 11;
      };
    }
  }
}
