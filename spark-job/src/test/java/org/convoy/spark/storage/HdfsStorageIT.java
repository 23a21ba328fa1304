package org.convoy.spark.storage;

import java.io.IOException;
import java.nio.file.Files;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.hdfs.MiniDFSCluster;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.io.TempDir;

/** On a real HDFS: one name node and one data node in this JVM. */
class HdfsStorageIT extends StorageContract {
  private static MiniDFSCluster cluster;
  private static Storage storage;
  private Path root;

  @BeforeAll
  static void startCluster(@TempDir java.nio.file.Path directory) throws IOException {
    cluster =
        new MiniDFSCluster.Builder(
                new Configuration(), Files.createDirectory(directory.resolve("dfs")).toFile())
            .numDataNodes(1)
            .build();
    cluster.waitActive();
    storage = new Storage(cluster.getConfiguration(0));
  }

  @AfterAll
  static void stopCluster() {
    if (cluster != null) {
      cluster.shutdown(/* deleteDfsDir= */ true);
    }
  }

  @BeforeEach
  void createRoot(TestInfo test) throws IOException {
    root = storage.resolve("/tests/" + test.getTestMethod().orElseThrow().getName());
    storage.createDirectory(root);
  }

  @Override
  Storage storage() {
    return storage;
  }

  @Override
  Path root() {
    return root;
  }
}
