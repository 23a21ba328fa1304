package org.convoy.spark.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;
import org.junit.jupiter.api.Test;

/** What must hold on every file system. */
abstract class StorageContract {
  private static final List<String> AWKWARD_NAMES =
      List.of("a b.txt", "comma,equals=hash#percent%20.txt", "ünïcode-画像.txt");

  abstract Storage storage();

  /** An existing directory, empty and different for each test. */
  abstract Path root();

  @Test
  void writesAndReadsAText() throws IOException {
    Path file = new Path(root(), "deep/er/text.txt");

    storage().writeText(file, "grün\n");

    assertThat(read(file)).isEqualTo("grün\n");
    assertThat(names(file.getParent())).containsExactly("text.txt");
  }

  @Test
  void writingAgainReplacesTheContent() throws IOException {
    Path file = new Path(root(), "text.txt");

    storage().writeText(file, "a first, longer text");
    storage().writeText(file, "second");

    assertThat(read(file)).isEqualTo("second");
    assertThat(names(root())).containsExactly("text.txt");
  }

  @Test
  void aFailedWriteLeavesTheOldContentAndNothingElse() throws IOException {
    Path file = new Path(root(), "text.txt");
    storage().writeText(file, "old");

    assertThatThrownBy(
            () ->
                storage()
                    .write(
                        file,
                        out -> {
                          out.write(new byte[100]);
                          throw new IOException("power cut");
                        }))
        .isInstanceOf(IOException.class)
        .hasMessage("power cut");

    assertThat(read(file)).isEqualTo("old");
    assertThat(names(root())).containsExactly("text.txt");
  }

  @Test
  void anUnfinishedWriteOfAKilledRunIsReplaced() throws IOException {
    Path file = new Path(root(), "text.txt");
    try (OutputStream out = storage().create(new Path(root(), ".text.txt.tmp"))) {
      out.write(new byte[50]);
    }

    storage().writeText(file, "new");

    assertThat(read(file)).isEqualTo("new");
    assertThat(names(root())).containsExactly("text.txt");
  }

  @Test
  void listsByNameAndKeepsAwkwardNames() throws IOException {
    for (String name : AWKWARD_NAMES) {
      storage().writeText(Storage.child(root(), name), name);
    }

    List<FileStatus> listed = storage().list(root());

    assertThat(listed)
        .extracting(status -> status.getPath().getName())
        .containsExactlyElementsOf(AWKWARD_NAMES.stream().sorted().toList());
    for (FileStatus status : listed) {
      Path travelled = new Path(status.getPath().toString());
      assertThat(read(travelled)).isEqualTo(status.getPath().getName());
    }
  }

  @Test
  void globMatchesPatternsAndTakesExistingNamesLiterally() throws IOException {
    storage().writeText(new Path(root(), "b.bin"), "");
    storage().writeText(new Path(root(), "a.bin"), "");
    storage().writeText(new Path(root(), "[x].bin"), "");
    storage().writeText(new Path(root(), "x.txt"), "");

    assertThat(storage().glob(root() + "/[ab].bin"))
        .extracting(status -> status.getPath().getName())
        .containsExactly("a.bin", "b.bin");
    assertThat(storage().glob(root() + "/[x].bin"))
        .extracting(status -> status.getPath().getName())
        .containsExactly("[x].bin");
    assertThat(storage().glob(root() + "/nothing*")).isEmpty();
    assertThat(storage().glob(root() + "/nothing")).isEmpty();
  }

  @Test
  void readsWholeFilesUpToALimit() throws IOException {
    Path file = new Path(root(), "ten");
    storage().write(file, out -> out.write(new byte[10]));

    assertThat(storage().read(file, 10)).hasSize(10);
    assertThatThrownBy(() -> storage().read(file, 9))
        .isInstanceOf(StorageException.class)
        .hasMessage(file + " is longer than 9 bytes");
  }

  @Test
  void renamesButNeverOntoSomething() throws IOException {
    Path from = new Path(root(), "from");
    Path to = new Path(root(), "to");
    storage().writeText(from, "content");

    storage().rename(from, to);
    storage().writeText(from, "other");

    assertThat(read(to)).isEqualTo("content");
    assertThatThrownBy(() -> storage().rename(from, to))
        .isInstanceOf(StorageException.class)
        .hasMessage("cannot rename " + from + " to " + to + ": that exists already");
  }

  @Test
  void deletesWithAllContent() throws IOException {
    Path directory = new Path(root(), "directory");
    storage().writeText(new Path(directory, "a/b"), "");

    assertThat(storage().delete(directory)).isTrue();
    assertThat(storage().exists(directory)).isFalse();
    assertThat(storage().delete(directory)).isFalse();
  }

  @Test
  void travelsWithItsSettings() throws Exception {
    Path file = new Path(root(), "text.txt");
    storage().writeText(file, "here");
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      out.writeObject(storage());
    }

    Storage travelled;
    try (ObjectInputStream in =
        new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
      travelled = (Storage) in.readObject();
    }

    assertThat(travelled.resolve(file.toUri().getPath())).isEqualTo(file);
    assertThat(new String(travelled.read(file, 10), StandardCharsets.UTF_8)).isEqualTo("here");
  }

  @Test
  void preparesAnOutputDirectory() throws IOException {
    OutputDirectory output =
        OutputDirectory.prepare(storage(), root() + "/new/run", false, List.of());

    assertThat(storage().list(output.path())).isEmpty();
    output.writeText("metrics.json", "{}");
    assertThat(read(output.resolve("metrics.json"))).isEqualTo("{}");
    assertThat(output.path()).isEqualTo(new Path(root(), "new/run"));
    assertThat(OutputDirectory.reopen(storage(), root() + "/new/run").path())
        .isEqualTo(output.path());
  }

  @Test
  void refusesAnOutputThatIsNotEmptyUnlessToldToOverwriteIt() throws IOException {
    for (String name : List.of("a", "b", "c", "d", "e/f")) {
      storage().writeText(new Path(root(), name), "");
    }

    assertThatThrownBy(
            () -> OutputDirectory.prepare(storage(), root().toString(), false, List.of()))
        .isInstanceOf(StorageException.class)
        .hasMessage(
            "output %s is not empty, it holds a, b, c and 2 more: choose another directory, or set"
                + " output.overwrite=true (visualize: --overwrite) to delete what it holds",
            root());

    OutputDirectory.prepare(storage(), root().toString(), true, List.of());
    assertThat(storage().list(root())).isEmpty();
  }

  @Test
  void neverDeletesTheInputOrAHomeToOverwriteAnOutput() throws IOException {
    Path input = new Path(root(), "out/images/cat");
    storage().writeText(new Path(input, "1.jpg"), "");

    assertThatThrownBy(
            () -> OutputDirectory.prepare(storage(), root() + "/out", true, List.of(input)))
        .isInstanceOf(StorageException.class)
        .hasMessage(
            "output %s/out is not emptied for output.overwrite=true, because the run's input is, or"
                + " lies in, that directory (%s): choose another directory",
            root(), input);
    assertThat(storage().exists(new Path(input, "1.jpg"))).isTrue();
  }

  @Test
  void refusesAnOutputThatIsAFile() throws IOException {
    Path file = new Path(root(), "file");
    storage().writeText(file, "");

    assertThatThrownBy(() -> OutputDirectory.prepare(storage(), file.toString(), true, List.of()))
        .isInstanceOf(StorageException.class)
        .hasMessage("output %s is a file: choose a directory, or a name that is free", file);
  }

  @Test
  void refusesToContinueWhatIsNotThere() {
    assertThatThrownBy(() -> OutputDirectory.reopen(storage(), root() + "/never"))
        .isInstanceOf(StorageException.class)
        .hasMessage("there is no run to continue: %s/never does not exist", root());
  }

  @Test
  void refusesLocationsThatAreNoPaths() {
    assertThatThrownBy(() -> storage().resolve(""))
        .isInstanceOf(StorageException.class)
        .hasMessageStartingWith("'' is no usable path: ");
    assertThatThrownBy(() -> storage().resolve("nosuch://host/path"))
        .isInstanceOf(StorageException.class)
        .hasMessageStartingWith("'nosuch://host/path' is no usable path: ")
        .hasMessageContaining("nosuch");
  }

  private String read(Path file) throws IOException {
    return new String(storage().read(file, 1 << 20), StandardCharsets.UTF_8);
  }

  private List<String> names(Path directory) throws IOException {
    return storage().list(directory).stream().map(status -> status.getPath().getName()).toList();
  }
}
