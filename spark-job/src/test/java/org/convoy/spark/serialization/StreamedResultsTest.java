package org.convoy.spark.serialization;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.SparkConf;
import org.apache.spark.serializer.DeserializationStream;
import org.apache.spark.serializer.KryoSerializer;
import org.apache.spark.serializer.SerializationStream;
import org.apache.spark.serializer.SerializerInstance;
import org.convoy.spark.training.Aggregation.TaskSums;
import org.convoy.spark.training.TaskTiming;
import org.convoy.train.GradientSum;
import org.convoy.train.SumTree;
import org.junit.jupiter.api.Test;
import scala.reflect.ClassTag;

/** Tasks' results and shuffles are streams, so one buffer need not hold a sum. */
class StreamedResultsTest {

  @Test
  void aSumIsNotBoundedByTheLargestBufferOfKryo() {
    SparkConf conf =
        new SparkConf(/* loadDefaults= */ false)
            .set("spark.kryo.registrator", ConvoyRegistrator.class.getName())
            .set("spark.kryo.registrationRequired", "true")
            .set("spark.kryoserializer.buffer.max", "1m");
    SerializerInstance serializer = new KryoSerializer(conf).newInstance();
    float[] gradient = new float[1 << 20];
    for (int i = 0; i < gradient.length; i++) {
      gradient[i] = i * 0.37f;
    }
    SumTree.Node node = new SumTree.Node(0, 0, new GradientSum(gradient, 1, 0, 0));
    ClassTag<Object> any = ClassTag.apply(Object.class);

    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    SerializationStream out = serializer.serializeStream(bytes);
    out.writeObject(new TaskSums(List.of(node), new TaskTiming(0, 0, 0)), any);
    out.close();
    DeserializationStream in =
        serializer.deserializeStream(new ByteArrayInputStream(bytes.toByteArray()));
    TaskSums read = (TaskSums) in.readObject(any);
    in.close();

    assertThat(bytes.size()).isGreaterThan(1 << 20);
    assertThat(Arrays.equals(read.nodes().get(0).sum().gradient(), gradient)).isTrue();
  }
}
