package org.convoy.spark.input;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeSet;
import org.apache.hadoop.fs.Path;
import org.convoy.data.Annotation;
import org.convoy.spark.input.SequenceFileSource.Labels;
import org.convoy.spark.storage.Storage;

/** Goes through the keys of sequence files on the driver and collects all that is wrong. */
final class SequenceFileListing {
  private static final InputFiles.Kind FILES =
      new InputFiles.Kind("data", InputFiles.Kind::isData, /* recursive= */ false);

  private final Storage storage;
  private final SequenceFileSource source;
  private final List<String> given;
  private final ListingWatch watch;
  private final List<String> problems = new ArrayList<>();
  private long count;
  private final NavigableSet<String> found = new TreeSet<>();
  private final Fingerprint fingerprint = new Fingerprint();

  /** Where the records of a file are, and what their keys tell. */
  private static final class Index {
    private final Path file;
    private final GrowingLongs positions = new GrowingLongs();
    private final GrowingLongs skipped = new GrowingLongs();
    private final List<String> keys = new ArrayList<>();
    private final List<String> classes = new ArrayList<>();

    Index(Path file) {
      this.file = file;
    }

    long[] positions() {
      return positions.toArray();
    }

    int[] skipped() {
      return Arrays.stream(skipped.toArray()).mapToInt(Math::toIntExact).toArray();
    }

    int[] labels(Map<String, Integer> numbers) {
      return classes.stream()
          .mapToInt(name -> name == null ? Annotation.NO_LABEL : numbers.get(name))
          .toArray();
    }
  }

  SequenceFileListing(
      Storage storage, SequenceFileSource source, List<String> given, ListingWatch watch) {
    this.storage = storage;
    this.source = source;
    this.given = given;
    this.watch = watch;
  }

  ImageSet open() throws IOException {
    List<Path> files = InputFiles.find(storage, "paths", source.paths(), FILES, problems);
    List<Index> indexes = new ArrayList<>();
    for (Path file : files) {
      indexes.add(index(file, indexes.size() + 1));
    }
    if (count == 0 && problems.isEmpty()) {
      problems.add("paths: there is no record in " + files);
    }
    List<String> classes =
        source.labels() == Labels.NONE ? List.of() : ClassNames.of(found, given, "paths", problems);
    InputException.throwIfAny(problems);
    Map<String, Integer> numbers = ClassNames.numbered(classes);
    SequenceFiles all = new SequenceFiles();
    for (Index index : indexes) {
      all.add(
          new SequenceFiles.Part(
              index.file.toString(),
              index.keys.toArray(String[]::new),
              index.positions(),
              index.skipped(),
              index.labels(numbers)));
    }
    return new ImageSet(
        storage,
        new ImageSetSummary(
            count,
            classes,
            Optional.empty(),
            fingerprint.finish(),
            ClassNames.absent(classes, found)),
        all);
  }

  private Index index(Path file, int number) throws IOException {
    Index index = new Index(file);
    fingerprint.add(storage.status(file).getLen());
    try (SequenceRecords in = SequenceRecords.open(storage, file)) {
      long block = in.position();
      long inBlock = 0;
      for (long position = block; in.next(); position = in.position()) {
        // Of a block all records seem to begin where it ends.
        boolean begins = !in.isBlockCompressed() || in.position() != position;
        block = begins ? position : block;
        inBlock = begins ? 0 : inBlock + 1;
        index.positions.add(block);
        index.skipped.add(inBlock);
        add(in.key(), index);
        watch.found(++count, number, "files");
      }
    } catch (IOException e) {
      problems.add(
          String.format(
              "paths: %s is no sequence file of pictures, or a damaged one: %s",
              file, e.getMessage()));
    }
    return index;
  }

  private void add(String key, Index index) {
    fingerprint.add(key);
    index.keys.add(key);
    Optional<String> name =
        switch (source.labels()) {
          case PARENT -> PathLabels.parentOf(key);
          case KEY -> Optional.of(key).filter(text -> !text.isBlank());
          case NONE -> Optional.empty();
        };
    if (source.labels() != Labels.NONE && name.isEmpty()) {
      problems.add(
          String.format(
              "paths: record %d (counted from 0) of %s has the key '%s', which tells no class; set"
                  + " labels = none to read images without labels",
              index.classes.size(), index.file, key));
    }
    name.ifPresent(found::add);
    index.classes.add(name.orElse(null));
  }
}
