package org.convoy.spark.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.util.Arrays;
import org.apache.spark.serializer.KryoSerializer;
import org.apache.spark.serializer.SerializerInstance;
import org.convoy.random.RandomKey;
import org.convoy.spark.testing.SparkLayouts;
import org.convoy.train.GradientFormat;
import org.convoy.train.GradientSum;
import org.convoy.train.SumTree;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import scala.reflect.ClassTag;
import scala.reflect.ClassTag$;

class PackedFloatsTest {
  private static final int BLOCK = 1 << 14;

  private final SerializerInstance kryo =
      new KryoSerializer(SparkLayouts.conf("wire", "local")).newInstance();

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 7, BLOCK - 1, BLOCK, BLOCK + 1, 3 * BLOCK + 5})
  void whatWasRoundedTravelsInHalfTheBytesAndNothingIsLost(int length) throws Exception {
    float[] exact = values(length);
    float[] rounded = exact.clone();
    GradientFormat.BF16.round(rounded);

    assertThat(read(write(exact))).containsExactly(exact);
    assertThat(read(write(rounded))).containsExactly(rounded);
    assertThat(byKryo(exact)).containsExactly(exact);
    assertThat(byKryo(rounded)).containsExactly(rounded);
    assertThat(size(exact) - size(rounded)).isEqualTo(2 * length);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 3, BLOCK})
  void aSliceTakesItsPartOnly(int from) {
    float[] values = values(2 * BLOCK);
    GradientSum sum = new GradientSum(values, 5, 0.25, 3);

    NodeSlice slice = new NodeSlice(new SumTree.Node(2, 1, sum), 77, from, BLOCK + 3);
    ClassTag<NodeSlice> tag = ClassTag$.MODULE$.apply(NodeSlice.class);
    NodeSlice arrived = kryo.deserialize(kryo.serialize(slice, tag), tag);

    assertThat(arrived.sum().gradient())
        .containsExactly(Arrays.copyOfRange(values, from, BLOCK + 3));
    assertThat(arrived.node().level()).isEqualTo(2);
    assertThat(arrived.node().index()).isEqualTo(1);
    assertThat(arrived.computeNanos()).isEqualTo(77);
    assertThat(arrived.sum().examples()).isEqualTo(5);
    assertThat(arrived.sum().loss()).isEqualTo(0.25);
    assertThat(arrived.sum().correct()).isEqualTo(3);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 3, 8, -1})
  void otherWidthsAreRefused(int width) {
    assertThatThrownBy(() -> FloatBlocks.read(1, width, (bytes, offset, length) -> {}))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("expected floats of 2 or 4 bytes, got " + width);
  }

  private static float[] values(int length) {
    float[] values = new float[length];
    RandomKey key = RandomKey.ofSeed(8);
    for (int i = 0; i < length; i++) {
      values[i] = (float) key.gaussian(i);
    }
    return values;
  }

  private static byte[] write(float[] values) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      out.writeObject(new PackedFloats(values));
    }
    return bytes.toByteArray();
  }

  private static float[] read(byte[] bytes) throws Exception {
    try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(bytes))) {
      return ((PackedFloats) in.readObject()).values();
    }
  }

  private float[] byKryo(float[] values) {
    ClassTag<PackedFloats> tag = ClassTag$.MODULE$.apply(PackedFloats.class);
    return kryo.<PackedFloats>deserialize(kryo.serialize(new PackedFloats(values), tag), tag)
        .values();
  }

  private int size(float[] values) {
    ClassTag<PackedFloats> tag = ClassTag$.MODULE$.apply(PackedFloats.class);
    return kryo.serialize(new PackedFloats(values), tag).remaining();
  }
}
