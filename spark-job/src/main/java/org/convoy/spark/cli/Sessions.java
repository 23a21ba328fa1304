package org.convoy.spark.cli;

import java.util.Map;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.SparkSession;
import org.convoy.spark.serialization.ConvoyRegistrator;

/** Gives commands a Spark session. */
@FunctionalInterface
interface Sessions {
  /** A session of this command alone. */
  Sessions OWN = Sessions::start;

  /** A session in use; closed when the command ends, however it ends. */
  record Lease(SparkSession session, Runnable end) implements AutoCloseable {
    JavaSparkContext context() {
      return JavaSparkContext.fromSparkContext(session.sparkContext());
    }

    @Override
    public void close() {
      end.run();
    }
  }

  /**
   * @param name what Spark's pages call the application
   * @param suited settings that suit what it will do, for those that nobody has given
   */
  Lease open(String name, Map<String, String> suited);

  /** With nothing that is known of what it will do. */
  default Lease open(String name) {
    return open(name, Map.of());
  }

  private static Lease start(String name, Map<String, String> suited) {
    SparkConf settings = settings(name);
    suited.forEach(settings::setIfMissing);
    SparkSession session = SparkSession.builder().config(settings).getOrCreate();
    return new Lease(session, session::stop);
  }

  /** What spark-submit was told, and what Convoy needs where it was told nothing. */
  static SparkConf settings(String name) {
    return new SparkConf()
        .setAppName(name)
        .setIfMissing("spark.master", "local[*]")
        .setIfMissing("spark.serializer", "org.apache.spark.serializer.KryoSerializer")
        .setIfMissing("spark.kryo.registrator", ConvoyRegistrator.class.getName())
        .setIfMissing("spark.kryo.registrationRequired", "true")
        // Results travel as streams; what Spark writes into one buffer may grow.
        .setIfMissing("spark.kryoserializer.buffer.max", "2047m")
        // Sums of gradients come back as results of tasks, however large the network is.
        .setIfMissing("spark.driver.maxResultSize", "0")
        // Smaller results come with the news that a task is done, without a message more.
        .setIfMissing("spark.task.maxDirectResultSize", "8m")
        // Parameters do not compress; trying costs time in every step.
        .setIfMissing("spark.broadcast.compress", "false")
        // A step is a job: without bounds the driver would remember a thousand of them.
        .setIfMissing("spark.ui.retainedJobs", "200")
        .setIfMissing("spark.ui.retainedStages", "200")
        .setIfMissing("spark.ui.retainedTasks", "2000");
  }
}
