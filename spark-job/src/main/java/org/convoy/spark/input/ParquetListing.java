package org.convoy.spark.input;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.hadoop.fs.Path;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.hadoop.metadata.BlockMetaData;
import org.apache.parquet.hadoop.metadata.ColumnChunkMetaData;
import org.apache.parquet.io.ParquetDecodingException;
import org.convoy.data.Annotation;
import org.convoy.description.Json;
import org.convoy.spark.input.FolderSource.Labels;
import org.convoy.spark.storage.Storage;

/** Reads footers and labels of Parquet files on the driver and collects all that is wrong. */
final class ParquetListing {
  private static final InputFiles.Kind FILES =
      new InputFiles.Kind(
          ".parquet",
          name -> InputFiles.Kind.isData(name) && name.endsWith(".parquet"),
          /* recursive= */ true);

  private final Storage storage;
  private final ParquetSource source;
  private final ListingWatch watch;
  private final List<String> problems = new ArrayList<>();
  private final FoundLabels found = new FoundLabels();
  private final Fingerprint fingerprint = new Fingerprint();
  private List<String> given;
  private Annotation.Kind kind;

  ParquetListing(Storage storage, ParquetSource source, List<String> given, ListingWatch watch) {
    this.storage = storage;
    this.source = source;
    this.watch = watch;
    this.given = given;
  }

  ImageSet open() throws IOException {
    List<Path> files = InputFiles.find(storage, "paths", source.paths(), FILES, problems);
    ParquetFiles all = new ParquetFiles();
    int read = 0;
    for (Path file : files) {
      read(file, all);
      watch.found(all.count(), ++read, "files");
    }
    if (all.count() == 0 && problems.isEmpty()) {
      problems.add("paths: there is no row in " + files);
    }
    InputException.throwIfAny(problems);
    List<String> classes = List.of();
    List<String> notes = List.of();
    if (kind != Annotation.Kind.NONE) {
      classes = found.classes(given, "label", problems);
      notes = found.notes(given, classes);
    }
    InputException.throwIfAny(problems);
    all.number(found.numbering(kind, given, classes));
    return new ImageSet(
        storage,
        new ImageSetSummary(
            all.count(), kind, classes, Optional.empty(), fingerprint.finish(), notes),
        all);
  }

  private void read(Path file, ParquetFiles all) throws IOException {
    try (ParquetRows rows = ParquetRows.open(storage, file)) {
      Optional<String> partition = partition(file, rows);
      ParquetColumns columns = ParquetColumns.of(source, rows.schema(), partition.isPresent());
      List<String> missing = columns.missing(rows.schema());
      if (!missing.isEmpty()) {
        problems.add(
            String.format(
                "paths: %s does not fit: %s (columns: %s)%s",
                file,
                String.join("; ", missing),
                ParquetColumns.names(rows.schema()),
                source.label().isEmpty()
                    ? ""
                    : "; set image, label, key or box, and label = \"\" where there are none"));
        return;
      }
      requireKind(file, columns.kind(rows.schema(), !source.label().isEmpty()));
      if (given.isEmpty()) {
        given = huggingFaceNames(rows.notes());
      }
      scan(rows, columns, partition);
      all.add(file.toString(), columns, partition, rowCounts(rows));
    } catch (InputException e) {
      problems.add("paths: " + e.getMessage());
    } catch (ParquetDecodingException e) {
      problems.add("paths: " + file + " is damaged: " + e.getMessage() + "; copy the file again");
    }
  }

  private static long[] rowCounts(ParquetRows rows) {
    return rows.rowGroups().stream().mapToLong(BlockMetaData::getRowCount).toArray();
  }

  /** The class that a partition folder tells, where no column does. */
  private Optional<String> partition(Path file, ParquetRows rows) {
    boolean column = source.label().isEmpty() || rows.schema().containsField(source.label());
    return column
        ? Optional.empty()
        : new PathLabels(Labels.PARTITION, source.label()).classOf(file.toUri().getPath());
  }

  private void requireKind(Path file, Annotation.Kind other) {
    if (kind != null && kind != other) {
      problems.add(
          String.format(
              "paths: images of %s have %s, those before have %s; read them apart",
              file, other, kind));
    }
    kind = other;
  }

  private void scan(ParquetRows rows, ParquetColumns columns, Optional<String> partition)
      throws IOException {
    rows.select(columns.annotations());
    List<BlockMetaData> groups = rows.rowGroups();
    for (int group = 0; group < groups.size(); group++) {
      fingerprint.add(groups.get(group).getRowCount());
      for (ColumnChunkMetaData chunk : groups.get(group).getColumns()) {
        if (columns.isImage(chunk.getPath().toDotString())) {
          fingerprint.add(chunk.getTotalSize()).add(chunk.getTotalUncompressedSize());
        }
      }
      if (partition.isPresent()) {
        fingerprint.add(partition.get());
        found.add(partition.get(), groups.get(group).getRowCount());
      } else if (kind != Annotation.Kind.NONE) {
        scan(rows, group, columns);
      }
    }
  }

  private void scan(ParquetRows rows, int group, ParquetColumns columns) throws IOException {
    rows.seek(group, 0);
    for (Group row = rows.next(); row != null; row = rows.next()) {
      List<String> labels = columns.labels(row);
      labels.forEach(fingerprint::add);
      found.add(labels);
    }
  }

  /** Names of classes, as the library "datasets" notes them for a column of {@code ClassLabel}. */
  private List<String> huggingFaceNames(Map<String, String> notes) {
    try {
      Object value = Json.parse(notes.getOrDefault("huggingface", "{}"));
      for (String name : List.of("info", "features", source.label(), "names")) {
        value = value instanceof Map<?, ?> map ? map.get(name) : null;
      }
      return value instanceof List<?> names
          ? ClassNames.check(names.stream().map(String::valueOf).toList())
          : List.of();
    } catch (IllegalArgumentException e) {
      // A note of another kind.
      return List.of();
    }
  }
}
