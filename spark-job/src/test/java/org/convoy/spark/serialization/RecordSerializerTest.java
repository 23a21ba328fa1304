package org.convoy.spark.serialization;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.esotericsoftware.kryo.Kryo;
import com.esotericsoftware.kryo.KryoException;
import com.esotericsoftware.kryo.io.Input;
import com.esotericsoftware.kryo.io.Output;
import org.junit.jupiter.api.Test;

class RecordSerializerTest {
  private record Everything(
      boolean flag,
      byte small,
      short brief,
      char letter,
      int count,
      long total,
      float rate,
      double exact,
      String name,
      Range range) {}

  private record Range(int first, int last) {
    Range {
      if (last < first) {
        throw new IllegalArgumentException("last must be at least " + first + ", got " + last);
      }
    }
  }

  private record LooseRange(int first, int last) {}

  private record Nothing() {}

  @Test
  void everyKindOfComponentComesBack() {
    Everything written =
        new Everything(
            true, (byte) -1, (short) 300, 'ö', -70_000, 1L << 40, 0.1f, 0.1, "a", new Range(1, 2));

    assertThat(read(kryo(), write(kryo(), written))).isEqualTo(written);
  }

  @Test
  void absentComponentsComeBackAbsent() {
    Everything written =
        new Everything(false, (byte) 0, (short) 0, ' ', 0, 0L, 0f, 0.0, null, null);

    assertThat(read(kryo(), write(kryo(), written))).isEqualTo(written);
  }

  @Test
  void emptyRecordComesBack() {
    assertThat(read(kryo(), write(kryo(), new Nothing()))).isEqualTo(new Nothing());
  }

  @Test
  void constructorChecksWhatWasRead() {
    Kryo writer = new Kryo();
    writer.register(LooseRange.class, new RecordSerializer<>(LooseRange.class));
    Kryo reader = new Kryo();
    reader.register(Range.class, new RecordSerializer<>(Range.class));
    byte[] bytes = write(writer, new LooseRange(5, 3));

    assertThatThrownBy(() -> read(reader, bytes))
        .isInstanceOf(KryoException.class)
        .hasMessageContaining(
            "Range: its constructor refused what was read, [5, 3]: last must be at least 5, got 3");
  }

  @Test
  @SuppressWarnings({"unchecked", "rawtypes"})
  void plainClassIsRefused() {
    assertThatThrownBy(() -> new RecordSerializer((Class) String.class))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("RecordSerializer: expected a record class, got java.lang.String");
  }

  private static Kryo kryo() {
    Kryo kryo = new Kryo();
    kryo.setRegistrationRequired(true);
    kryo.register(Everything.class, new RecordSerializer<>(Everything.class));
    kryo.register(Range.class, new RecordSerializer<>(Range.class));
    kryo.register(Nothing.class, new RecordSerializer<>(Nothing.class));
    return kryo;
  }

  private static byte[] write(Kryo kryo, Object value) {
    Output output = new Output(16, -1);
    kryo.writeClassAndObject(output, value);
    return output.toBytes();
  }

  private static Object read(Kryo kryo, byte[] bytes) {
    return kryo.readClassAndObject(new Input(bytes));
  }
}
