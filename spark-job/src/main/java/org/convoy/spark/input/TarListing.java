package org.convoy.spark.input;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.hadoop.fs.Path;
import org.convoy.spark.storage.Storage;

/** Goes through tar archives on the driver and collects all that is wrong with them. */
final class TarListing {
  private static final List<String> ENDINGS = List.of(".tar", ".tar.gz", ".tgz");

  private final Storage storage;
  private final TarSource source;
  private final ListingWatch watch;
  private final ArchiveClasses classes;
  private final List<String> problems = new ArrayList<>();
  private long count;
  private final List<String> skipped = new ArrayList<>();
  private final Fingerprint fingerprint = new Fingerprint();

  /** A picture in an archive: where its bytes are once the archive is decompressed. */
  record Entry(String name, long offset, long size) {}

  /** The pictures of an archive. */
  private record Archive(String path, List<Entry> entries) {}

  TarListing(Storage storage, TarSource source, List<String> given, ListingWatch watch) {
    this.storage = storage;
    this.source = source;
    this.watch = watch;
    this.classes = new ArchiveClasses(source.labels(), given);
  }

  ImageSet open() throws IOException {
    List<Path> files = InputFiles.find(storage, "archives", source.archives(), ENDINGS, problems);
    List<Archive> archives = new ArrayList<>();
    for (Path file : files) {
      Archive archive = read(file, archives.size() + 1);
      classes.add(archive.path(), archive.entries().stream().map(Entry::name).toList());
      archives.add(archive);
    }
    if (count == 0 && problems.isEmpty()) {
      problems.add("archives: there is no picture in " + files);
    }
    classes.finish(problems);
    InputException.throwIfAny(problems);
    TarFiles found = new TarFiles();
    for (Archive archive : archives) {
      found.add(archive.path(), archive.entries(), classes::labelOf);
    }
    List<String> notes = new ArrayList<>(classes.notes());
    notes.addAll(NoPictures.notes(skipped));
    return new ImageSet(
        storage,
        new ImageSetSummary(count, classes.names(), Optional.empty(), fingerprint.finish(), notes),
        found);
  }

  private Archive read(Path file, int number) throws IOException {
    List<Entry> entries = new ArrayList<>();
    try (TarBytes bytes = TarBytes.open(storage, file);
        TarArchiveInputStream in = new TarArchiveInputStream(bytes.stream())) {
      if (storage.status(file).getLen() == 0) {
        throw new IOException("it is empty");
      }
      TarArchiveEntry entry = in.getNextEntry();
      while (entry != null) {
        String name = ArchiveClasses.plainPath(entry.getName());
        if (isPicture(entry, name)) {
          fingerprint.add(name).add(entry.getSize());
          entries.add(new Entry(name, in.getBytesRead(), entry.getSize()));
          watch.found(++count, number, "archives");
        }
        entry = in.getNextEntry();
      }
    } catch (IOException | IllegalArgumentException e) {
      problems.add(
          String.format(
              "archives: %s is no tar archive, or a damaged one: %s; copy the file again",
              file, e.getMessage()));
    }
    return new Archive(file.toString(), entries);
  }

  private boolean isPicture(TarArchiveEntry entry, String name) {
    if (entry.isDirectory()) {
      return false;
    } else if (!entry.isFile() || entry.isSparse() || NoPictures.isOnPath(name)) {
      // Links among others: what they lead to is in the archive too, or is not.
      skipped.add(name);
      return false;
    }
    return true;
  }
}
