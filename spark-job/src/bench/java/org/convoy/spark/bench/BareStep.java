package org.convoy.spark.bench;

import java.util.Iterator;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.broadcast.Broadcast;
import org.convoy.spark.wire.PackedFloats;

/**
 * What Spark itself costs: an empty job, and a synchronous step without any compute, written as
 * plainly as Spark's API allows. A real step's overhead is to be seen beside it.
 */
final class BareStep {
  private final JavaSparkContext spark;
  private final JavaRDD<Integer> tasks;

  /**
   * @param taskCount tasks of a job
   */
  BareStep(JavaSparkContext spark, int taskCount) {
    this.spark = spark;
    this.tasks = spark.parallelize(IntStream.range(0, taskCount).boxed().toList(), taskCount);
  }

  /** A job that does nothing. */
  void emptyJob() {
    tasks.mapPartitions(new Nothing()).collect();
  }

  /** Hands out a vector, gets one of that length from each task, adds them in order. */
  float[] step(float[] parameters) {
    Broadcast<PackedFloats> broadcast = spark.broadcast(new PackedFloats(parameters));
    try {
      List<PackedFloats> parts = tasks.mapPartitions(new Echo(broadcast)).collect();
      float[] sum = parts.get(0).values();
      for (PackedFloats part : parts.subList(1, parts.size())) {
        float[] other = part.values();
        for (int i = 0; i < sum.length; i++) {
          sum[i] += other[i];
        }
      }
      return sum;
    } finally {
      broadcast.destroy();
    }
  }

  private static final class Nothing implements FlatMapFunction<Iterator<Integer>, PackedFloats> {
    private static final long serialVersionUID = 1L;

    @Override
    public Iterator<PackedFloats> call(Iterator<Integer> task) {
      return List.<PackedFloats>of().iterator();
    }
  }

  private static final class Echo implements FlatMapFunction<Iterator<Integer>, PackedFloats> {
    private static final long serialVersionUID = 1L;

    private final Broadcast<PackedFloats> parameters;

    Echo(Broadcast<PackedFloats> parameters) {
      this.parameters = parameters;
    }

    @Override
    public Iterator<PackedFloats> call(Iterator<Integer> task) {
      return List.of(parameters.value()).iterator();
    }
  }
}
