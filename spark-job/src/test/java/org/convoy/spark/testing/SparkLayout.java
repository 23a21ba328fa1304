package org.convoy.spark.testing;

import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.SparkSession;

/** A running Spark application, spread in a certain way; stopped when closed. */
public final class SparkLayout implements AutoCloseable {
  private final String name;
  private final SparkSession session;
  private final JavaSparkContext context;

  SparkLayout(String name, SparkConf conf) {
    this.name = name;
    this.session = SparkSession.builder().config(conf).getOrCreate();
    this.context = JavaSparkContext.fromSparkContext(session.sparkContext());
  }

  /** For messages: {@code local[2]}, {@code 2 executors}. */
  public String name() {
    return name;
  }

  public SparkSession session() {
    return session;
  }

  public JavaSparkContext context() {
    return context;
  }

  @Override
  public void close() {
    session.stop();
    SparkLayouts.closed(this);
  }

  @Override
  public String toString() {
    return name;
  }
}
