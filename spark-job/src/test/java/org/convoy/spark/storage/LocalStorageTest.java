package org.convoy.spark.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalStorageTest extends StorageContract {
  private final Storage storage = new Storage(new Configuration());
  @TempDir private java.nio.file.Path directory;
  private Path root;

  @BeforeEach
  void findRoot() throws IOException {
    root = storage.resolve(directory.toString());
  }

  @Override
  Storage storage() {
    return storage;
  }

  @Override
  Path root() {
    return root;
  }

  @Test
  void locationsWithoutSchemeBelongToTheDefaultFileSystem() throws IOException {
    assertThat(storage.resolve("/data/x y").toString()).isEqualTo("file:/data/x y");
    assertThat(storage.resolve("data/x").toString())
        .isEqualTo("file:" + System.getProperty("user.dir") + "/data/x");
    assertThat(storage.resolve("file:///data/x").toString()).isEqualTo("file:/data/x");
  }

  @Test
  void opensNamesWithColons() throws IOException {
    Files.writeString(directory.resolve("12:30:00.jpg"), "noon");

    Path listed = storage.list(root).get(0).getPath();

    assertThat(listed.getName()).isEqualTo("12:30:00.jpg");
    assertThat(storage.read(new Path(listed.toString()), 10)).asString().isEqualTo("noon");
  }

  @Test
  void saysWhenAListingLosesNames() throws IOException {
    Files.createFile(directory.resolve("here.jpg"));
    Files.createSymbolicLink(directory.resolve("link.jpg"), directory.resolve("nowhere.jpg"));

    assertThatThrownBy(() -> storage.list(root))
        .isInstanceOf(StorageException.class)
        .hasMessageStartingWith(
            root + ": 1 of 2 names cannot be opened: 'link.jpg'. Links that lead nowhere")
        .hasMessageContaining("LC_ALL=C.UTF-8");
  }

  @Test
  void refusesAnOutputThatCannotBeWrittenTo() throws IOException {
    Files.createFile(directory.resolve("file"));

    assertThatThrownBy(
            () -> OutputDirectory.prepare(storage, root + "/file/below", false, List.of()))
        .isInstanceOf(StorageException.class)
        .hasMessageStartingWith("output " + root + "/file/below cannot be written to (")
        .hasMessageContaining("choose another directory, or give the user");
  }

  @Test
  void neverDeletesTheWorkingDirectory() {
    assertThatThrownBy(() -> OutputDirectory.prepare(storage, ".", true, List.of()))
        .isInstanceOf(StorageException.class)
        .hasMessageContaining("because the working directory is, or lies in, that directory");
    assertThatThrownBy(() -> OutputDirectory.prepare(storage, "/", true, List.of()))
        .isInstanceOf(StorageException.class)
        .hasMessageContaining("is, or lies in, that directory");
  }
}
