package org.convoy.spark.wire;

import com.esotericsoftware.kryo.Kryo;
import com.esotericsoftware.kryo.KryoException;
import com.esotericsoftware.kryo.Serializer;
import com.esotericsoftware.kryo.io.Input;
import com.esotericsoftware.kryo.io.Output;

/** {@link PackedFloats} by Kryo: a length, bytes a value, and one block of bytes. */
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
    write(output, values, 0, values.length);
  }

  static void write(Output output, float[] values, int from, int to) {
    int width = FloatBlocks.width(values, from, to);
    output.writeInt(to - from);
    output.writeByte(width);
    FloatBlocks.<KryoException>write(values, from, to, width, output::writeBytes);
  }

  static float[] read(Input input) {
    int count = input.readInt();
    return FloatBlocks.<KryoException>read(count, input.readByte(), input::readBytes);
  }
}
