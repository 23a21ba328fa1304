package org.convoy.spark.testing;

import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import org.apache.spark.SparkConf;
import org.convoy.spark.serialization.ConvoyRegistrator;

/**
 * Opens Spark applications of different layouts, to show that the layout does not matter.
 *
 * <p>A JVM has room for one Spark context. Opening a layout stops the shared context of {@link
 * SparkTest}, which is made anew when it is next asked for; a test that was given the shared
 * context cannot open another layout.
 */
public final class SparkLayouts {
  /** How often a task is tried, on a cluster by default and here in local mode too. */
  private static final int TASK_FAILURES = 4;

  private static final String WAREHOUSE =
      Path.of("target", "spark-warehouse").toAbsolutePath().toString();

  private static final Set<Lease> LEASES = new LinkedHashSet<>();
  private static SparkLayout open;
  private static SparkLayout shared;

  private SparkLayouts() {}

  /** One JVM with that many task threads; a failed task is tried again as on a cluster. */
  public static SparkLayout local(int threads) {
    return local(threads, Map.of());
  }

  /** With Spark settings that differ from {@link #conf}. */
  public static SparkLayout local(int threads, Map<String, String> settings) {
    return open("local[" + threads + "]", localMaster(threads), settings);
  }

  /** All executors of a cluster; returns when they have registered. */
  public static SparkLayout on(StandaloneCluster cluster) {
    return on(cluster, Map.of());
  }

  /** With Spark settings that differ from {@link #conf} and {@link StandaloneCluster#settings}. */
  public static SparkLayout on(StandaloneCluster cluster, Map<String, String> settings) {
    SparkConf conf = conf(cluster.toString(), cluster.masterUrl());
    cluster.settings().forEach(conf::set);
    settings.forEach(conf::set);
    SparkLayout layout = open(cluster.toString(), conf);
    try {
      cluster.awaitExecutors();
    } catch (IllegalStateException e) {
      layout.close();
      throw e;
    }
    return layout;
  }

  /** The settings that all tests share, whatever the environment says. */
  public static SparkConf conf(String name, String master) {
    return new SparkConf(false)
        .setAppName(name)
        .setMaster(master)
        .set("spark.serializer", "org.apache.spark.serializer.KryoSerializer")
        .set("spark.kryo.registrationRequired", "true")
        .set("spark.kryo.registrator", ConvoyRegistrator.class.getName())
        .set("spark.driver.host", "127.0.0.1")
        .set("spark.driver.bindAddress", "127.0.0.1")
        .set("spark.ui.enabled", "false")
        .set("spark.ui.showConsoleProgress", "false")
        .set("spark.sql.shuffle.partitions", "3")
        .set("spark.sql.warehouse.dir", WAREHOUSE);
  }

  private static String localMaster(int threads) {
    return "local[" + threads + "," + TASK_FAILURES + "]";
  }

  private static SparkLayout open(String name, String master, Map<String, String> settings) {
    SparkConf conf = conf(name, master);
    settings.forEach(conf::set);
    return open(name, conf);
  }

  private static synchronized SparkLayout open(String name, SparkConf conf) {
    if (!LEASES.isEmpty()) {
      throw new IllegalStateException(
          "cannot open "
              + name
              + " while the shared context is in use by "
              + LEASES.stream().map(Lease::user).toList()
              + ": a JVM has one Spark context; open layouts in a test that takes no Spark parameter");
    }
    if (shared != null) {
      shared.close();
    }
    if (open != null) {
      throw new IllegalStateException(
          "cannot open "
              + name
              + " while "
              + open
              + " is open: a JVM has one Spark context; close that layout first");
    }
    open = new SparkLayout(name, conf);
    return open;
  }

  static synchronized void closed(SparkLayout layout) {
    if (layout == open) {
      open = null;
    }
    if (layout == shared) {
      shared = null;
    }
  }

  static synchronized Lease leaseShared(String user) {
    if (shared == null) {
      shared = open("local[2]", localMaster(2), Map.of());
    }
    Lease lease = new Lease(shared, user);
    LEASES.add(lease);
    return lease;
  }

  private static synchronized void release(Lease lease) {
    LEASES.remove(lease);
  }

  /** The shared context, in use by a test. */
  static final class Lease implements AutoCloseable {
    private final SparkLayout layout;
    private final String user;

    private Lease(SparkLayout layout, String user) {
      this.layout = layout;
      this.user = user;
    }

    SparkLayout layout() {
      return layout;
    }

    String user() {
      return user;
    }

    @Override
    public void close() {
      release(this);
    }
  }
}
