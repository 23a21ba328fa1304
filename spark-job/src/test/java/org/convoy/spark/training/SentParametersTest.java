package org.convoy.spark.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.api.java.function.Function;
import org.apache.spark.scheduler.TaskSetManager;
import org.convoy.spark.testing.SparkTest;
import org.junit.jupiter.api.Test;

@SparkTest
class SentParametersTest {

  @Test
  void fewAndManyParametersReachTheTasks(JavaSparkContext spark) {
    for (int length : new int[] {0, 1, SentParameters.INSIDE, SentParameters.INSIDE + 1}) {
      float[] values = new float[length];
      for (int i = 0; i < length; i++) {
        values[i] = i + 0.5f;
      }
      SentParameters sent = SentParameters.send(spark, values);

      List<Integer> hashes = spark.parallelize(List.of(0, 1), 2).map(new HashOf(sent)).collect();
      sent.release();

      int hash = Arrays.hashCode(values);
      assertThat(hashes).as("%d parameters", length).containsExactly(hash, hash);
    }
  }

  @Test
  void whatTravelsInsideIsFarFromTheSizeThatSparkWarnsOf() {
    long inside = (long) SentParameters.INSIDE * Float.BYTES;

    assertThat(inside).isLessThan(TaskSetManager.TASK_SIZE_TO_WARN_KIB() * 1024L * 2 / 3);
    assertThat(SentParameters.areInside(SentParameters.INSIDE)).isTrue();
    assertThat(SentParameters.areInside(SentParameters.INSIDE + 1L)).isFalse();
  }

  @Test
  void parametersFitABlockUpToSparksOwnSize() {
    assertThat(SentParameters.blockSize(0)).isEqualTo("64k");
    assertThat(SentParameters.blockSize(62_006)).isEqualTo("306k");
    assertThat(SentParameters.blockSize(1_000_000)).isEqualTo("3970k");
    assertThat(SentParameters.blockSize(138_357_544)).isEqualTo("4096k");
  }

  @Test
  void manyParametersAreGoneWhenTheyAreReleased(JavaSparkContext spark) {
    SentParameters sent = SentParameters.send(spark, new float[SentParameters.INSIDE + 1]);
    sent.release();

    assertThatThrownBy(sent::values).hasMessageContaining("destroyed");
  }

  @Test
  void tasksOfThisJvmGetTheArrayItselfUntilItIsReleased(JavaSparkContext spark) {
    SentParameters lent = SentParameters.lend(new float[] {1, 2});

    assertThat(spark.parallelize(List.of(0, 1), 2).map(new Sign(lent)).collect())
        .containsExactly(2, 2);
    assertThat(lent.values()).containsExactly(6, 7);
    lent.release();

    assertThatThrownBy(lent::values)
        .isInstanceOf(IllegalStateException.class)
        .hasMessage(
            "the step's parameters are no longer lent: its job has ended, or this is not the"
                + " driver's JVM");
  }

  /** Leaves a sign in the array, to show that it is the driver's. */
  private static final class Sign implements Function<Integer, Integer> {
    private static final long serialVersionUID = 1L;

    private final SentParameters sent;

    Sign(SentParameters sent) {
      this.sent = sent;
    }

    @Override
    public Integer call(Integer task) {
      sent.values()[task] += 5;
      return sent.values().length;
    }
  }

  private static final class HashOf implements Function<Integer, Integer> {
    private static final long serialVersionUID = 1L;

    private final SentParameters sent;

    HashOf(SentParameters sent) {
      this.sent = sent;
    }

    @Override
    public Integer call(Integer task) {
      return Arrays.hashCode(sent.values());
    }
  }
}
