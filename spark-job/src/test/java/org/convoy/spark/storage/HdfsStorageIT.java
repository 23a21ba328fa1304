package org.convoy.spark.storage;

import java.io.IOException;
import org.apache.hadoop.fs.Path;
import org.convoy.spark.testing.HdfsCluster;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.io.TempDir;

/** On a real HDFS. */
class HdfsStorageIT extends StorageContract {
  private static HdfsCluster cluster;
  private static Storage storage;
  private Path root;

  @BeforeAll
  static void startCluster(@TempDir java.nio.file.Path directory) throws IOException {
    cluster = HdfsCluster.start(directory);
    storage = new Storage(cluster.configuration());
  }

  @AfterAll
  static void stopCluster() {
    if (cluster != null) {
      cluster.close();
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
