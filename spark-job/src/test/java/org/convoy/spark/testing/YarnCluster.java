package org.convoy.spark.testing;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.CommonConfigurationKeysPublic;
import org.apache.hadoop.net.DNSToSwitchMapping;
import org.apache.hadoop.net.ScriptBasedMapping;
import org.apache.hadoop.yarn.conf.YarnConfiguration;
import org.apache.hadoop.yarn.server.MiniYARNCluster;

/**
 * A real YARN in this JVM: a resource manager and two node managers, whose containers are processes
 * of their own. Starting it takes some seconds.
 */
public final class YarnCluster implements AutoCloseable {
  private static final int NODES = 2;
  private static final int MEGABYTES_A_NODE = 4096;

  private final MiniYARNCluster cluster;
  private final Path settings;

  private YarnCluster(MiniYARNCluster cluster, Path settings) {
    this.cluster = cluster;
    this.settings = settings;
  }

  /**
   * Starts it.
   *
   * @param directory receives the nodes' folders and the files that tell applications of it
   * @param files settings by which its file system is found
   */
  public static YarnCluster start(Path directory, Configuration files) throws IOException {
    // The mini cluster asks this property where to work.
    System.setProperty("test.build.data", directory.resolve("yarn").toString());
    MiniYARNCluster cluster = new MiniYARNCluster("convoy", NODES, 1, 1);
    cluster.init(configuration(files));
    cluster.start();
    Path settings = Files.createDirectory(directory.resolve("hadoop-conf"));
    Configuration told = new Configuration(cluster.getConfig());
    // The mini HDFS names a class of its own here, which applications do not have.
    told.setClass(
        CommonConfigurationKeysPublic.NET_TOPOLOGY_NODE_SWITCH_MAPPING_IMPL_KEY,
        ScriptBasedMapping.class,
        DNSToSwitchMapping.class);
    for (String name : List.of("core-site.xml", "hdfs-site.xml", "yarn-site.xml")) {
      try (OutputStream out = Files.newOutputStream(settings.resolve(name))) {
        told.writeXml(out);
      }
    }
    return new YarnCluster(cluster, settings);
  }

  private static Configuration configuration(Configuration files) {
    YarnConfiguration settings = new YarnConfiguration(files);
    settings.setInt(YarnConfiguration.YARN_MINICLUSTER_NM_PMEM_MB, MEGABYTES_A_NODE);
    settings.setInt(YarnConfiguration.RM_SCHEDULER_MINIMUM_ALLOCATION_MB, 256);
    settings.set("yarn.scheduler.capacity.root.queues", "default");
    settings.set("yarn.scheduler.capacity.root.default.capacity", "100");
    settings.set("yarn.scheduler.capacity.maximum-am-resource-percent", "1.0");
    // By default a node whose disk is nine tenths full takes no container.
    settings.set(
        "yarn.nodemanager.disk-health-checker.max-disk-utilization-per-disk-percentage", "100.0");
    return settings;
  }

  /** What {@code spark-submit} must find in its environment. */
  public Map<String, String> environment() {
    return Map.of("HADOOP_CONF_DIR", settings.toString());
  }

  /** What an application must set, where the nodes have no Spark but that of this class path. */
  public Map<String, String> settings() {
    Map<String, String> spark = new LinkedHashMap<>();
    spark.put(
        "spark.yarn.jars",
        SubmittedJar.classPathOfSpark().stream()
            .map(jar -> "local:" + jar)
            .collect(Collectors.joining(",")));
    for (String process : List.of("spark.yarn.appMasterEnv.", "spark.executorEnv.")) {
      spark.put(process + "JAVA_HOME", System.getProperty("java.home"));
      spark.put(process + "SPARK_LOCAL_IP", "127.0.0.1");
    }
    spark.put("spark.executor.instances", Integer.toString(NODES));
    spark.put("spark.executor.cores", "1");
    spark.put("spark.executor.memory", "600m");
    spark.put("spark.driver.memory", "800m");
    return spark;
  }

  /** The containers that run executors, the oldest first. */
  public List<ProcessHandle> executors() {
    return containers("YarnCoarseGrainedExecutorBackend");
  }

  /** The containers that run drivers, of applications in cluster mode. */
  public List<ProcessHandle> drivers() {
    return containers("org.apache.spark.deploy.yarn.ApplicationMaster");
  }

  /** The JVMs among this one's descendants, not the shells that they were started by. */
  private static List<ProcessHandle> containers(String mainClass) {
    return ProcessHandle.current()
        .descendants()
        .filter(process -> isJava(process) && commandLine(process).contains(mainClass))
        .sorted(Comparator.comparingLong(ProcessHandle::pid))
        .toList();
  }

  private static boolean isJava(ProcessHandle process) {
    return process.info().command().filter(command -> command.endsWith("/java")).isPresent();
  }

  private static String commandLine(ProcessHandle process) {
    try {
      return Files.readString(
          Path.of("/proc", Long.toString(process.pid()), "cmdline"), StandardCharsets.UTF_8);
    } catch (IOException e) {
      return "";
    }
  }

  /** What all containers have printed so far. */
  public String logs() {
    StringBuilder text = new StringBuilder();
    Path root = Path.of(System.getProperty("test.build.data"));
    try (Stream<Path> files = Files.walk(root)) {
      for (Path file : files.filter(YarnCluster::isLog).sorted().toList()) {
        text.append(file).append(System.lineSeparator()).append(Files.readString(file));
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read the logs below " + root, e);
    }
    return text.toString();
  }

  private static boolean isLog(Path file) {
    return file.endsWith("stdout") || file.endsWith("stderr");
  }

  @Override
  public void close() {
    cluster.stop();
  }
}
