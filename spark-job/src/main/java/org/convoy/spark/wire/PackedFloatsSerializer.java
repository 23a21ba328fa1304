package org.convoy.spark.wire;

import com.esotericsoftware.kryo.Kryo;
import com.esotericsoftware.kryo.KryoException;
import com.esotericsoftware.kryo.Serializer;
import com.esotericsoftware.kryo.io.Input;
import com.esotericsoftware.kryo.io.Output;

/** {@link PackedFloats} by Kryo: a length and one block of little-endian bytes. */
public final class PackedFloatsSerializer extends Serializer<PackedFloats> {
  public PackedFloatsSerializer() {
    super(/* acceptsNull= */ false, /* immutable= */ true);
  }

  @Override
  public void write(Kryo kryo, Output output, PackedFloats value) {
    write(output, value.values());
  }

  @Override
  public PackedFloats read(Kryo kryo, Input input, Class<PackedFloats> type) {
    return new PackedFloats(read(input));
  }

  static void write(Output output, float[] values) {
    output.writeInt(values.length);
    PackedFloats.<KryoException>write(values, output::writeBytes);
  }

  static float[] read(Input input) {
    float[] values = new float[input.readInt()];
    PackedFloats.<KryoException>read(values, input::readBytes);
    return values;
  }
}
