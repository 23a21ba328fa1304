package org.convoy.checkpoint;

import java.nio.ByteBuffer;

/** The element types of the safetensors format that have whole bytes, by their names in files. */
public enum DataType {
  BOOL(1),
  U8(1),
  I8(1),
  F8_E5M2(1),
  F8_E4M3(1),
  F8_E8M0(1),
  I16(2),
  U16(2),
  /** IEEE 754 half precision. */
  F16(2) {
    @Override
    float next(ByteBuffer in) {
      return halfToFloat(in.getShort());
    }
  },
  /** The upper half of an {@link #F32}. */
  BF16(2) {
    @Override
    float next(ByteBuffer in) {
      return Float.intBitsToFloat(in.getShort() << 16);
    }
  },
  I32(4),
  U32(4),
  /** What this package writes. */
  F32(4) {
    @Override
    float next(ByteBuffer in) {
      return in.getFloat();
    }

    @Override
    void decode(ByteBuffer in, float[] target, int offset, int count) {
      in.asFloatBuffer().get(target, offset, count);
    }
  },
  C64(8),
  /** Rounded to the nearest float when read. */
  F64(8) {
    @Override
    float next(ByteBuffer in) {
      return (float) in.getDouble();
    }
  },
  I64(8),
  U64(8);

  private final int bytes;

  DataType(int bytes) {
    this.bytes = bytes;
  }

  /** Bytes of one element. */
  public int bytes() {
    return bytes;
  }

  /** Whether {@link SafetensorsReader} gives its elements as floats. */
  public boolean isReadable() {
    return this == F32 || this == F16 || this == BF16 || this == F64;
  }

  /** One element of a readable type. */
  float next(ByteBuffer in) {
    throw new UnsupportedOperationException(this + " is not read as float");
  }

  /** Elements of a readable type, from a little-endian buffer. */
  void decode(ByteBuffer in, float[] target, int offset, int count) {
    for (int i = 0; i < count; i++) {
      target[offset + i] = next(in);
    }
  }

  /** Exact: every half is a float. The JDK has this from version 20 on. */
  private static float halfToFloat(short half) {
    int sign = half & 0x8000;
    int exponent = half >> 10 & 0x1f;
    int fraction = half & 0x3ff;
    if (exponent == 0) {
      float subnormal = fraction * 0x1p-24f;
      return sign == 0 ? subnormal : -subnormal;
    }
    int wide = exponent == 0x1f ? 0xff : exponent + 127 - 15;
    return Float.intBitsToFloat(sign << 16 | wide << 23 | fraction << 13);
  }
}
