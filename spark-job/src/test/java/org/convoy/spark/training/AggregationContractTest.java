package org.convoy.spark.training;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.convoy.random.RandomKey;
import org.convoy.spark.testing.SparkTest;
import org.convoy.spark.training.Aggregation.TaskSums;
import org.convoy.train.GradientFormat;
import org.convoy.train.GradientSum;
import org.convoy.train.SumTree;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Every way for sums to travel gives the bits of one thread that adds along the tree. */
@SparkTest
class AggregationContractTest {
  private static final int LENGTH = 1037;

  /** An aggregation for a tree of some shards and vectors of {@link #LENGTH}. */
  @FunctionalInterface
  interface Strategy {
    Aggregation of(int shards, GradientFormat format);
  }

  static Stream<Strategy> strategies() {
    return Stream.of(
        (shards, format) -> new DriverAggregation(),
        (shards, format) -> new TreeAggregation(shards),
        (shards, format) -> new SlicedAggregation(shards, LENGTH, format));
  }

  @ParameterizedTest
  @MethodSource("strategies")
  void sameBitsWhateverTheTasks(Strategy strategy, JavaSparkContext spark) {
    for (GradientFormat format : GradientFormat.values()) {
      for (int shards : new int[] {1, 8, 32}) {
        Aggregation aggregation = strategy.of(shards, format);
        GradientSum expected = root(shards, format, new Leaves(shards, 1, format).task(0));
        for (int tasks : new int[] {1, 2, 3, 8, 17, 32}) {
          if (tasks <= shards) {
            List<TaskSums> sums = aggregation.collect(parts(spark, shards, tasks, format));
            GradientSum actual = root(shards, format, nodes(sums));

            assertThat(actual.gradient())
                .as("%s, %d shards, %d tasks", format, shards, tasks)
                .containsExactly(expected.gradient());
            assertThat(actual.examples()).isEqualTo(expected.examples());
            assertThat(actual.loss()).isEqualTo(expected.loss());
            assertThat(actual.correct()).isEqualTo(expected.correct());
            assertThat(sums.stream().mapToLong(part -> part.timing().compute()).max())
                .hasValue(100 + tasks);
          }
        }
      }
    }
  }

  @ParameterizedTest
  @MethodSource("strategies")
  void aStepWithoutExamplesHasNoSum(Strategy strategy, JavaSparkContext spark) {
    JavaRDD<TaskSums> empty = spark.parallelize(List.of(0, 1, 2), 3).mapPartitions(new EmptyTask());

    List<TaskSums> sums = strategy.of(8, GradientFormat.FP32).collect(empty);

    assertThat(nodes(sums)).isEmpty();
  }

  @ParameterizedTest
  @EnumSource
  void slicesAreReceivedInTheFormatThatTheyAreRoundedTo(
      GradientFormat format, JavaSparkContext spark) {
    Aggregation sliced = new SlicedAggregation(8, LENGTH, format);

    float[] received = nodes(sliced.collect(parts(spark, 8, 3, format))).get(0).sum().gradient();

    float[] rounded = received.clone();
    format.round(rounded);
    assertThat(received).containsExactly(rounded);
  }

  private static JavaRDD<TaskSums> parts(
      JavaSparkContext spark, int shards, int tasks, GradientFormat format) {
    List<Integer> numbers = IntStream.range(0, tasks).boxed().toList();
    return spark
        .parallelize(numbers, tasks)
        .mapPartitions(new LeavesTask(new Leaves(shards, tasks, format)));
  }

  private static List<SumTree.Node> nodes(List<TaskSums> sums) {
    return sums.stream().flatMap(part -> part.nodes().stream()).toList();
  }

  private static GradientSum root(int shards, GradientFormat format, List<SumTree.Node> nodes) {
    Optional<GradientSum> root = SumTree.close(shards, nodes);
    root.ifPresent(sum -> format.round(sum.gradient()));
    return root.orElseThrow();
  }

  /** Random sums of shards, of which every fifth has no examples, dealt to tasks. */
  private record Leaves(int shards, int tasks, GradientFormat format)
      implements java.io.Serializable {
    List<SumTree.Node> task(int task) {
      ShardRanges ranges = new ShardRanges(shards, tasks);
      SumTree.Builder builder = new SumTree.Builder(LENGTH);
      builder.start(ranges.first(task));
      for (int shard = ranges.first(task); shard < ranges.end(task); shard++) {
        GradientSum sum = builder.borrow();
        builder.add(shard, shard % 5 == 3 ? sum : leaf(shard));
      }
      return builder.nodes();
    }

    private GradientSum leaf(int shard) {
      RandomKey key = RandomKey.ofSeed(6).with(shard);
      float[] values = new float[LENGTH];
      for (int i = 0; i < LENGTH; i++) {
        values[i] = (float) key.gaussian(i);
      }
      format.round(values);
      return new GradientSum(values, shard + 1, key.gaussian(LENGTH), shard / 2);
    }
  }

  /** Computes a task's sums; their time is 101 nanoseconds for the first task, then one more. */
  private static final class LeavesTask implements FlatMapFunction<Iterator<Integer>, TaskSums> {
    private static final long serialVersionUID = 1L;

    private final Leaves leaves;

    LeavesTask(Leaves leaves) {
      this.leaves = leaves;
    }

    @Override
    public Iterator<TaskSums> call(Iterator<Integer> ignored) {
      int task = TaskContext.getPartitionId();
      return List.of(new TaskSums(leaves.task(task), TaskTiming.ofCompute(101 + task))).iterator();
    }
  }

  /** A task whose shards have no examples. */
  private static final class EmptyTask implements FlatMapFunction<Iterator<Integer>, TaskSums> {
    private static final long serialVersionUID = 1L;

    @Override
    public Iterator<TaskSums> call(Iterator<Integer> ignored) {
      return List.of(new TaskSums(new ArrayList<>(), TaskTiming.NONE)).iterator();
    }
  }
}
