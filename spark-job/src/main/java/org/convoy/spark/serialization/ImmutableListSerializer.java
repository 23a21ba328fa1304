package org.convoy.spark.serialization;

import com.esotericsoftware.kryo.Kryo;
import com.esotericsoftware.kryo.Serializer;
import com.esotericsoftware.kryo.io.Input;
import com.esotericsoftware.kryo.io.Output;
import java.util.Arrays;
import java.util.List;

/**
 * The lists of {@code List.of}, {@code List.copyOf} and {@code Stream.toList}, which records like
 * to hold and which Kryo 4 cannot fill.
 */
final class ImmutableListSerializer extends Serializer<List<?>> {
  ImmutableListSerializer() {
    super(/* acceptsNull= */ false, /* immutable= */ true);
  }

  @Override
  public void write(Kryo kryo, Output output, List<?> list) {
    output.writeInt(list.size(), /* optimizePositive= */ true);
    for (Object element : list) {
      kryo.writeClassAndObject(output, element);
    }
  }

  @Override
  public List<?> read(Kryo kryo, Input input, Class<List<?>> type) {
    Object[] elements = new Object[input.readInt(/* optimizePositive= */ true)];
    for (int i = 0; i < elements.length; i++) {
      elements[i] = kryo.readClassAndObject(input);
    }
    // Unlike List.of, a stream's list keeps the nulls that another stream's list may have had.
    return Arrays.stream(elements).toList();
  }
}
