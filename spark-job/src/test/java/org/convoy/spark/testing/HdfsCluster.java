package org.convoy.spark.testing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.hdfs.MiniDFSCluster;
import org.convoy.spark.storage.Storage;

/** A real HDFS in this JVM: one name node and one data node. Starting it takes some seconds. */
public final class HdfsCluster implements AutoCloseable {
  private final MiniDFSCluster cluster;

  private HdfsCluster(MiniDFSCluster cluster) {
    this.cluster = cluster;
  }

  /** Starts it; its blocks lie in a new folder of the directory. */
  public static HdfsCluster start(Path directory) throws IOException {
    MiniDFSCluster cluster =
        new MiniDFSCluster.Builder(new Configuration(), directory.resolve("hdfs").toFile())
            .numDataNodes(1)
            .build();
    cluster.waitActive();
    return new HdfsCluster(cluster);
  }

  /** Settings by which it is the default file system. */
  public Configuration configuration() {
    return cluster.getConfiguration(0);
  }

  /**
   * Copies files to where they lie below the root.
   *
   * @param local a directory somewhere below {@code root}
   */
  public void copy(Path root, Path local) throws IOException {
    Storage hdfs = new Storage(configuration());
    try (Stream<Path> files = Files.walk(local)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        byte[] content = Files.readAllBytes(file);
        org.apache.hadoop.fs.Path target =
            Storage.child(hdfs.resolve("/"), root.relativize(file).toString());
        hdfs.write(target, out -> out.write(content));
      }
    }
  }

  @Override
  public void close() {
    cluster.shutdown(/* deleteDfsDir= */ true);
  }
}
