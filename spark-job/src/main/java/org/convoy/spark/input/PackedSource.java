package org.convoy.spark.input;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.fs.Path;
import org.convoy.data.Annotation;
import org.convoy.spark.storage.Storage;

/**
 * What {@code convoy pack} has written: a directory of files with its manifest. Images have the
 * ids, keys and labels that they had in the source, unreadable ones too, so training gives the same
 * bytes. The fingerprint is of the source's, and of how images were packed.
 *
 * @param path the directory
 */
public record PackedSource(String path) implements ImageSource {
  @Override
  public ImageSet open(Storage storage, ListingWatch watch) throws IOException {
    List<String> problems = new ArrayList<>();
    Path directory = InputFiles.requireDirectory(storage, path, "path", problems);
    InputException.throwIfAny(problems);
    PackedManifest manifest = PackedManifest.read(storage, directory);
    if (manifest.format() == PackFormat.SEQUENCE_FILE) {
      return records(storage, directory, manifest);
    }
    Annotation.Kind kind = manifest.summary().kind();
    ParquetColumns columns = ParquetColumns.packed(kind, manifest.pixelShape());
    ParquetFiles files = new ParquetFiles();
    for (PackedManifest.Shard shard : manifest.shards()) {
      Path file = Storage.child(directory, shard.file());
      if (!isWhole(storage, file, shard.bytes(), problems)) {
        continue;
      }
      try (ParquetRows rows = ParquetRows.open(storage, file)) {
        files.add(file.toString(), columns, rows);
      }
    }
    long count = manifest.summary().count();
    if (problems.isEmpty() && files.count() != count) {
      problems.add(
          String.format(
              "path: %s holds %d images, but its %s says %d; pack it again",
              directory, files.count(), PackedManifest.FILE, count));
    }
    InputException.throwIfAny(problems);
    files.number(new RowLabels(kind, /* numbered= */ false, manifest.summary().classes()));
    return new ImageSet(storage, manifest.summary(), files);
  }

  private static ImageSet records(Storage storage, Path directory, PackedManifest manifest)
      throws IOException {
    ImageSetSummary summary = manifest.summary();
    PackedRecordFiles files =
        new PackedRecordFiles(
            new RowLabels(summary.kind(), /* numbered= */ false, summary.classes()));
    List<String> problems = new ArrayList<>();
    for (PackedManifest.Shard shard : manifest.shards()) {
      Path file = Storage.child(directory, shard.file());
      if (isWhole(storage, file, shard.bytes(), problems)) {
        files.add(file.toString(), Math.toIntExact(shard.images()));
      }
    }
    InputException.throwIfAny(problems);
    return new ImageSet(storage, summary, files);
  }

  private static boolean isWhole(Storage storage, Path file, long expected, List<String> problems)
      throws IOException {
    try {
      long bytes = storage.status(file).getLen();
      if (bytes != expected) {
        problems.add(
            String.format(
                "path: %s has %d bytes, but %s says %d; copy or pack it again",
                file, bytes, PackedManifest.FILE, expected));
      }
      return bytes == expected;
    } catch (FileNotFoundException e) {
      problems.add("path: " + file + " is gone, which " + PackedManifest.FILE + " names");
      return false;
    }
  }

  @Override
  public List<String> locations() {
    return List.of(path);
  }
}
