package org.convoy.spark.wire;

import static org.assertj.core.api.Assertions.assertThat;

import com.esotericsoftware.kryo.io.Output;
import java.util.List;
import org.apache.spark.serializer.KryoSerializer;
import org.apache.spark.serializer.SerializerInstance;
import org.convoy.data.Annotation;
import org.convoy.image.Box;
import org.convoy.spark.testing.SparkLayouts;
import org.junit.jupiter.api.Test;
import scala.reflect.ClassTag;
import scala.reflect.ClassTag$;

class AnnotationSerializerTest {
  private static final ClassTag<Annotation> TAG = ClassTag$.MODULE$.apply(Annotation.class);

  private final SerializerInstance kryo =
      new KryoSerializer(SparkLayouts.conf("wire", "local")).newInstance();

  @Test
  void everyAnnotationArrives() {
    for (Annotation annotation :
        List.of(
            Annotation.UNKNOWN,
            Annotation.ofClass(0),
            Annotation.ofClass(100_000),
            Annotation.ofClasses(),
            Annotation.ofClasses(3, 1, 77),
            Annotation.ofBox(2, new Box(-1, 0.1, 5, 7)),
            Annotation.ofObjects(
                new int[] {9, 1}, List.of(new Box(0, 0, 1, 1), new Box(2, 2, 2, 2))))) {
      assertThat(kryo.deserialize(kryo.serialize(annotation, TAG), TAG)).isEqualTo(annotation);
    }
  }

  @Test
  void oneOfTheFirstClassesTakesTwoBytes() {
    assertThat(size(Annotation.ofClass(99))).isEqualTo(2);
    assertThat(size(Annotation.ofClass(999))).isEqualTo(3);
    assertThat(size(Annotation.UNKNOWN)).isEqualTo(1);
  }

  private static int size(Annotation annotation) {
    Output output = new Output(100);
    AnnotationSerializer.write(output, annotation);
    return (int) output.total();
  }
}
