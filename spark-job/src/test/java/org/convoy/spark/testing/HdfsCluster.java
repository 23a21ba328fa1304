package org.convoy.spark.testing;

import java.io.IOException;
import java.nio.file.Path;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.hdfs.MiniDFSCluster;

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

  @Override
  public void close() {
    cluster.shutdown(/* deleteDfsDir= */ true);
  }
}
