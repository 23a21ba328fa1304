package org.convoy.spark.training;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.rdd.RDD;
import scala.collection.Iterator;
import scala.jdk.javaapi.CollectionConverters;
import scala.reflect.ClassTag;
import scala.runtime.AbstractFunction2;
import scala.runtime.BoxedUnit;

/**
 * Jobs that run in every step. Spark's own {@code collect} passes lambdas of Scala, and looks for
 * what they capture by reading the classes around them anew in each job: more than half of all
 * processor time of a step of 62,000 parameters without compute. Functions that are named classes
 * are sent as they are.
 */
final class PlainJob {
  private PlainJob() {}

  /** All elements, in the order of the partitions. */
  static <T> List<T> collect(JavaRDD<T> elements) {
    List<T> all = new ArrayList<>();
    run(elements, new Elements<>()).forEach(all::addAll);
    return all;
  }

  /**
   * What each task returns, in the order of the partitions.
   *
   * @param task a named class
   */
  static <T> List<List<T>> run(JavaRDD<T> elements, Task<T> task) {
    RDD<T> rdd = elements.rdd();
    int count = rdd.getNumPartitions();
    Results<T> results = new Results<>(count);
    List<Object> partitions = new ArrayList<>(IntStream.range(0, count).boxed().toList());
    rdd.context()
        .runJob(
            rdd,
            task,
            CollectionConverters.asScala(partitions).toSeq(),
            results,
            ClassTag.apply(Object[].class));
    return results.inOrder();
  }

  /**
   * What a task does with the elements of its partition.
   *
   * @param <T> type of the elements, and of what it returns
   */
  abstract static class Task<T> extends AbstractFunction2<TaskContext, Iterator<T>, Object[]>
      implements Serializable {
    private static final long serialVersionUID = 1L;

    @Override
    public final Object[] apply(TaskContext context, Iterator<T> elements) {
      List<T> all = new ArrayList<>();
      while (elements.hasNext()) {
        all.add(elements.next());
      }
      return result(context.partitionId(), all).toArray();
    }

    /** What travels to the driver. */
    abstract List<T> result(int partition, List<T> elements);
  }

  private static final class Elements<T> extends Task<T> {
    private static final long serialVersionUID = 1L;

    @Override
    List<T> result(int partition, List<T> elements) {
      return elements;
    }
  }

  /** Takes what tasks return, in any order, on one thread of Spark's; stays on the driver. */
  private static final class Results<T> extends AbstractFunction2<Object, Object[], BoxedUnit> {
    private final Object[][] parts;

    Results(int count) {
      parts = new Object[count][];
    }

    @Override
    public BoxedUnit apply(Object partition, Object[] elements) {
      parts[(Integer) partition] = elements;
      return BoxedUnit.UNIT;
    }

    @SuppressWarnings("unchecked")
    List<List<T>> inOrder() {
      return Arrays.stream(parts).map(part -> (List<T>) Arrays.asList(part)).toList();
    }
  }
}
