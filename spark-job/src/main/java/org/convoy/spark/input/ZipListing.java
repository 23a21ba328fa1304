package org.convoy.spark.input;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.Path;
import org.convoy.spark.input.FolderSource.Labels;
import org.convoy.spark.storage.Storage;

/** Reads the tables of contents of zip archives on the driver and collects all that is wrong. */
final class ZipListing {
  private final Storage storage;
  private final ListingWatch watch;
  private final ArchiveClasses classes;
  private final List<String> problems = new ArrayList<>();
  private final List<String> skipped = new ArrayList<>();
  private final Fingerprint fingerprint = new Fingerprint();

  /** The pictures of an archive. */
  private record Archive(String path, List<ZipDirectory.Entry> entries) {}

  ZipListing(Storage storage, Labels labels, List<String> classes, ListingWatch watch) {
    this.storage = storage;
    this.watch = watch;
    this.classes = new ArchiveClasses(labels, classes);
  }

  ImageSet open(List<String> locations) throws IOException {
    List<Path> files = InputFiles.find(storage, "archives", locations, List.of(".zip"), problems);
    List<Archive> archives = new ArrayList<>();
    long count = 0;
    for (Path file : files) {
      Archive archive = new Archive(file.toString(), pictures(file));
      archives.add(archive);
      count += archive.entries().size();
      watch.found(count, archives.size(), "archives");
    }
    if (count == 0 && problems.isEmpty()) {
      problems.add("archives: there is no picture in " + files);
    }
    for (Archive archive : archives) {
      classes.add(
          archive.path(), archive.entries().stream().map(ZipDirectory.Entry::name).toList());
    }
    classes.finish(problems);
    InputException.throwIfAny(problems);
    ZipFiles found = new ZipFiles();
    for (Archive archive : archives) {
      found.add(archive.path(), archive.entries(), entry -> classes.labelOf(entry.name()));
    }
    List<String> notes = new ArrayList<>(classes.notes());
    notes.addAll(NoPictures.notes(skipped));
    return new ImageSet(
        storage,
        new ImageSetSummary(count, classes.names(), Optional.empty(), fingerprint.finish(), notes),
        found);
  }

  private List<ZipDirectory.Entry> pictures(Path file) throws IOException {
    List<ZipDirectory.Entry> pictures = new ArrayList<>();
    try (FSDataInputStream in = storage.open(file)) {
      long length = storage.status(file).getLen();
      for (ZipDirectory.Entry entry : ZipDirectory.read(in, file.toString(), length)) {
        if (isPicture(file, entry)) {
          fingerprint.add(entry.name()).add(entry.size()).add(entry.crc());
          pictures.add(entry);
        }
      }
    } catch (InputException e) {
      problems.add("archives: " + e.getMessage());
    }
    return pictures;
  }

  private boolean isPicture(Path file, ZipDirectory.Entry entry) {
    if (entry.isFolder()) {
      return false;
    } else if (NoPictures.isOnPath(entry.name())) {
      skipped.add(entry.name());
      return false;
    } else if (!entry.isReadable()) {
      problems.add(
          String.format(
              "archives: %s in %s is encrypted, or compressed by method %d; only plain files and"
                  + " DEFLATE can be read",
              entry.name(), file, entry.method()));
      return false;
    }
    return true;
  }
}
