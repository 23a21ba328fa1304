package org.convoy.spark.checkpoint;

import java.io.BufferedInputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;
import org.convoy.checkpoint.CheckpointFile;
import org.convoy.checkpoint.ModelFileException;
import org.convoy.spark.storage.Storage;
import org.convoy.train.TrainingState;

/**
 * The checkpoints of a run. A file's name tells the step and how the SHA-256 of its bytes begins;
 * it has that name only once it is complete.
 */
public final class CheckpointDirectory {
  private static final String NAME = "checkpoints";
  private static final int DIGITS = 16;
  private static final Pattern FILE =
      Pattern.compile("step-(\\d{12})\\.([0-9a-f]{" + DIGITS + "})\\.safetensors");
  private static final String TEMPORARY = ".writing.tmp";

  private final Storage storage;
  private final Path path;

  private CheckpointDirectory(Storage storage, Path path) {
    this.storage = storage;
    this.path = path;
  }

  /**
   * @param run directory of the whole run
   */
  public static CheckpointDirectory of(Storage storage, Path run) {
    return new CheckpointDirectory(storage, Storage.child(run, NAME));
  }

  /** Whether a file has the name of a checkpoint. */
  static boolean isCheckpoint(Path file) {
    return FILE.matcher(file.getName()).matches();
  }

  /** All whole files, the newest first. */
  public List<Path> files() throws IOException {
    List<Path> files = new ArrayList<>();
    try {
      for (FileStatus status : storage.list(path)) {
        if (isCheckpoint(status.getPath())) {
          files.add(status.getPath());
        }
      }
    } catch (FileNotFoundException e) {
      return List.of();
    }
    Collections.reverse(files);
    return files;
  }

  /**
   * Writes a state, which must not change meanwhile, and deletes all but the newest files.
   *
   * @param notes kept with it
   * @param keep number of files that stay, this one among them
   */
  public Path write(TrainingState state, Map<String, String> notes, int keep) throws IOException {
    Path file =
        storage.writeNamed(
            Storage.child(path, TEMPORARY),
            out -> {
              String hash = CheckpointFile.write(out, state, notes);
              return String.format(
                  Locale.ROOT,
                  "step-%012d.%s.safetensors",
                  state.progress().steps(),
                  hash.substring(0, DIGITS));
            });
    prune(file, keep);
    return file;
  }

  /** Later steps belong to files that the run could not go on from. */
  private void prune(Path newest, int keep) throws IOException {
    int kept = 1;
    for (Path other : files()) {
      if (!other.getName().equals(newest.getName())) {
        boolean older = stepOf(other) < stepOf(newest);
        if (older && kept < keep) {
          kept++;
        } else {
          storage.delete(other);
        }
      }
    }
  }

  /**
   * Reads a file, once.
   *
   * @throws ModelFileException if its bytes are not those that were written
   * @throws ResumeException if that is what {@code use} throws
   */
  static <T> T read(Storage storage, Path file, CheckpointFile.Use<T> use) throws IOException {
    try (InputStream in = new BufferedInputStream(storage.open(file))) {
      long size = storage.status(file).getLen();
      return CheckpointFile.read(in, file.toString(), size, part(file, 2), use);
    } catch (ModelFileException | ResumeException e) {
      throw e;
    } catch (IOException e) {
      // The file system has noticed the damage first, or cannot find a block.
      throw new ModelFileException(file + ": cannot be read: " + e.getMessage(), e);
    }
  }

  private static long stepOf(Path file) {
    return Long.parseLong(part(file, 1));
  }

  private static String part(Path file, int group) {
    Matcher name = FILE.matcher(file.getName());
    if (!name.matches()) {
      throw new IllegalArgumentException(file + " is not the name of a checkpoint");
    }
    return name.group(group);
  }
}
