package org.convoy.spark.serialization;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.esotericsoftware.kryo.Kryo;
import com.esotericsoftware.kryo.io.Output;
import java.io.IOException;
import java.io.Serializable;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.hadoop.io.BytesWritable;
import org.apache.hadoop.io.Text;
import org.apache.hadoop.mapred.SequenceFileOutputFormat;
import org.apache.spark.HashPartitioner;
import org.apache.spark.api.java.JavaPairRDD;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.api.java.function.Function;
import org.apache.spark.api.java.function.Function2;
import org.apache.spark.api.java.function.PairFunction;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.serializer.KryoSerializer;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.apache.spark.storage.StorageLevel;
import org.convoy.spark.testing.SparkLayouts;
import org.convoy.spark.testing.SparkTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import scala.Tuple2;

/** Jobs of every kind run while Kryo refuses classes that are not registered. */
@SparkTest
class ConvoyRegistratorTest {
  private static final List<Integer> NUMBERS = IntStream.range(0, 100).boxed().toList();

  @TempDir private Path directory;

  @Test
  void resultsArrive(JavaSparkContext context) {
    JavaRDD<Integer> numbers = context.parallelize(NUMBERS, 5);

    assertThat(numbers.collect()).isEqualTo(NUMBERS);
    assertThat(numbers.collectPartitions(new int[] {1, 3})[1]).startsWith(60);
    assertThat(numbers.glom().collect()).hasSize(5);
    assertThat(numbers.take(3)).containsExactly(0, 1, 2);
    assertThat(numbers.top(2)).containsExactly(99, 98);
    assertThat(numbers.takeSample(false, 7, 1L)).hasSize(7);
    assertThat(numbers.max(new Natural())).isEqualTo(99);
    assertThat(numbers.countByValue()).hasSize(100);
    assertThat(numbers.zipWithIndex().collectAsMap()).containsEntry(42, 42L);
    assertThat(numbers.mapToDouble(Integer::doubleValue).stats().mean()).isEqualTo(49.5);
  }

  @Test
  void sumsArrive(JavaSparkContext context) {
    JavaRDD<Integer> numbers = context.parallelize(NUMBERS, 8);

    assertThat(numbers.reduce(new Sum())).isEqualTo(4950);
    assertThat(numbers.aggregate(0, new Sum(), new Sum())).isEqualTo(4950);
    assertThat(numbers.treeReduce(new Sum(), 2)).isEqualTo(4950);
    assertThat(numbers.treeAggregate(0, new Sum(), new Sum(), 3)).isEqualTo(4950);
  }

  @Test
  void shuffledPairsArrive(JavaSparkContext context) {
    JavaPairRDD<Integer, Integer> pairs =
        context.parallelize(NUMBERS, 4).mapToPair(new ByLastDigit());

    assertThat(pairs.reduceByKey(new Sum()).collectAsMap()).containsEntry(3, 480);
    assertThat(pairs.groupByKey().collectAsMap()).hasSize(10);
    assertThat(pairs.cogroup(pairs).collect()).hasSize(10);
    assertThat(pairs.sortByKey().keys().first()).isZero();
    assertThat(pairs.join(pairs).count()).isEqualTo(1000);
    assertThat(pairs.aggregateByKey(0, new Sum(), new Sum()).collect()).hasSize(10);
    assertThat(pairs.values().distinct().repartition(3).count()).isEqualTo(100);
    assertThat(pairs.repartitionAndSortWithinPartitions(new HashPartitioner(3)).count())
        .isEqualTo(100);
  }

  @Test
  void arraysArrive(JavaSparkContext context) {
    Broadcast<float[]> floats = context.broadcast(new float[] {1, 2, 3});
    Broadcast<float[][]> rows = context.broadcast(new float[][] {{1}, {2}});
    try {
      List<Object[]> sent =
          context.parallelize(List.of(0, 1), 2).map(new Arrayed(floats, rows)).collect();

      assertThat((float[]) sent.get(1)[0]).containsExactly(1, 2, 3);
      assertThat(((float[][]) sent.get(1)[1])[1]).containsExactly(2);
    } finally {
      floats.destroy();
      rows.destroy();
    }
  }

  static Stream<List<Integer>> lists() {
    return Stream.of(
        List.of(),
        List.of(1),
        List.of(1, 2),
        List.of(1, 2, 3),
        Stream.of(1, null, 3).toList(),
        new ArrayList<>(List.of(1, 2)),
        Arrays.asList(1, 2));
  }

  @ParameterizedTest
  @MethodSource("lists")
  void listsArrive(List<Integer> list, JavaSparkContext context) {
    assertThat(context.parallelize(List.of(list), 1).repartition(2).collect())
        .containsExactly(list);
  }

  static Stream<Object> unordered() {
    return Stream.of(Set.of(1, 2), Map.of(1, 2));
  }

  @ParameterizedTest
  @MethodSource("unordered")
  void collectionsWhoseOrderDiffersByJvmAreRefused(Object unordered) {
    Kryo kryo = new KryoSerializer(SparkLayouts.conf("refused", "local")).newKryo();

    assertThatThrownBy(() -> kryo.writeClassAndObject(new Output(100), unordered))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("Class is not registered: " + unordered.getClass().getName());
  }

  @Test
  void persistedPartitionsComeBack(JavaSparkContext context) {
    for (StorageLevel level :
        List.of(
            StorageLevel.MEMORY_ONLY(),
            StorageLevel.MEMORY_AND_DISK_SER(),
            StorageLevel.DISK_ONLY())) {
      JavaRDD<Integer> numbers = context.parallelize(NUMBERS, 3).persist(level);
      try {
        assertThat(numbers.count()).isEqualTo(100);
        assertThat(numbers.reduce(new Sum())).isEqualTo(4950);
      } finally {
        numbers.unpersist(true);
      }
    }
  }

  @Test
  void filesAreRead(JavaSparkContext context) throws IOException {
    Files.writeString(directory.resolve("a.txt"), "one\ntwo\n");
    String folder = directory.toString();

    assertThat(context.textFile(folder).collect()).containsExactly("one", "two");
    assertThat(context.wholeTextFiles(folder).values().collect()).containsExactly("one\ntwo\n");
    assertThat(
            context.binaryFiles(folder).repartition(2).mapValues(f -> f.toArray().length).values())
        .satisfies(lengths -> assertThat(lengths.collect()).containsExactly(8));
  }

  @Test
  void sequenceFilesAreWrittenAndRead(JavaSparkContext context) {
    String folder = directory.resolve("sequence").toString();
    context
        .parallelize(NUMBERS, 2)
        .mapToPair(n -> new Tuple2<>(new Text("k" + n), new BytesWritable(new byte[n])))
        .saveAsHadoopFile(folder, Text.class, BytesWritable.class, SequenceFileOutputFormat.class);

    assertThat(
            context
                .sequenceFile(folder, Text.class, BytesWritable.class)
                .mapToPair(t -> new Tuple2<>(t._1().toString(), t._2().getLength()))
                .collectAsMap())
        .hasSize(100)
        .containsEntry("k7", 7);
  }

  @Test
  void tablesAreWrittenReadAndJoined(SparkSession session) throws IOException {
    Dataset<Row> table = session.range(100).withColumn("digit", functions.col("id").mod(10));
    String folder = directory.resolve("table").toString();
    table.write().parquet(folder);
    Dataset<Row> read = session.read().parquet(folder);

    assertThat(read.groupBy("digit").count().orderBy("digit").collectAsList()).hasSize(10);
    assertThat(read.join(read.select("digit").distinct(), "digit").count()).isEqualTo(100);
    assertThat(read.join(functions.broadcast(table.limit(3)), "id").collectAsList()).hasSize(3);
    assertThat(read.as(Encoders.tuple(Encoders.LONG(), Encoders.LONG())).toJavaRDD().collect())
        .contains(new Tuple2<>(42L, 2L));
  }

  @Test
  void binaryFileTableIsRead(SparkSession session) throws IOException {
    Files.writeString(directory.resolve("a.jpg"), "one");
    Dataset<Row> files = session.read().format("binaryFile").load(directory.toString());

    assertThat(files.toJavaRDD().map(row -> row.<byte[]>getAs("content")).repartition(2).collect())
        .satisfiesExactly(bytes -> assertThat(bytes).asString().isEqualTo("one"));
  }

  private static final class Sum implements Function2<Integer, Integer, Integer> {
    private static final long serialVersionUID = 1L;

    @Override
    public Integer call(Integer a, Integer b) {
      return a + b;
    }
  }

  private static final class ByLastDigit implements PairFunction<Integer, Integer, Integer> {
    private static final long serialVersionUID = 1L;

    @Override
    public Tuple2<Integer, Integer> call(Integer number) {
      return new Tuple2<>(number % 10, number);
    }
  }

  private record Arrayed(Broadcast<float[]> floats, Broadcast<float[][]> rows)
      implements Function<Integer, Object[]> {
    @Override
    public Object[] call(Integer ignored) {
      return new Object[] {
        floats.value(),
        rows.value(),
        new byte[1],
        new short[2],
        new char[3],
        new int[4],
        new long[5],
        new double[6],
        new boolean[7],
        new String[] {"a"}
      };
    }
  }

  private static final class Natural implements Comparator<Integer>, Serializable {
    private static final long serialVersionUID = 1L;

    @Override
    public int compare(Integer a, Integer b) {
      return a.compareTo(b);
    }
  }
}
