package org.convoy.spark.input;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.Path;
import org.convoy.data.Annotation;
import org.convoy.spark.input.FolderSource.Labels;
import org.convoy.spark.storage.Storage;

/** Reads the tables of contents of zip archives on the driver and collects all that is wrong. */
final class ZipListing {
  private final Storage storage;
  private final Labels labels;
  private final List<String> problems = new ArrayList<>();
  private final List<String> skipped = new ArrayList<>();
  private final Fingerprint fingerprint = new Fingerprint();

  /** The pictures of an archive. */
  private record Archive(String path, List<ZipDirectory.Entry> entries) {}

  ZipListing(Storage storage, Labels labels) {
    this.storage = storage;
    this.labels = labels;
  }

  ImageSet open(List<String> locations) throws IOException {
    List<Path> files = InputFiles.find(storage, "archives", locations, List.of(".zip"), problems);
    List<Archive> archives = new ArrayList<>();
    for (Path file : files) {
      archives.add(new Archive(file.toString(), pictures(file)));
    }
    long count = archives.stream().mapToLong(archive -> archive.entries().size()).sum();
    if (count == 0 && problems.isEmpty()) {
      problems.add("archives: there is no picture in " + files);
    }
    Map<String, Integer> classes = classes(archives);
    InputException.throwIfAny(problems);
    ZipFiles found = new ZipFiles();
    for (Archive archive : archives) {
      found.add(archive.path(), archive.entries(), entry -> labelOf(entry, classes));
    }
    return new ImageSet(
        storage,
        new ImageSetSummary(
            count,
            List.copyOf(classes.keySet()),
            Optional.empty(),
            fingerprint.finish(),
            NoPictures.notes(skipped)),
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

  private Map<String, Integer> classes(List<Archive> archives) {
    SortedSet<String> names = new TreeSet<>();
    if (labels == Labels.FOLDERS) {
      archives.forEach(archive -> addClasses(archive, names));
    }
    Map<String, Integer> classes = new LinkedHashMap<>();
    names.forEach(name -> classes.put(name, classes.size()));
    return classes;
  }

  private void addClasses(Archive archive, SortedSet<String> names) {
    List<String> without = new ArrayList<>();
    for (ZipDirectory.Entry entry : archive.entries()) {
      if (entry.name().indexOf('/') < 0) {
        without.add(entry.name());
      } else {
        names.add(folderOf(entry));
      }
    }
    if (!without.isEmpty()) {
      problems.add(
          String.format(
              "archives: files in %s lie in no folder, which would be their class: %s; set labels"
                  + " = none to read images without labels",
              archive.path(), NoPictures.some(without)));
    }
  }

  private int labelOf(ZipDirectory.Entry entry, Map<String, Integer> classes) {
    return switch (labels) {
      case FOLDERS -> classes.get(folderOf(entry));
      case NONE -> Annotation.NO_LABEL;
    };
  }

  /** Name of the innermost folder. */
  private static String folderOf(ZipDirectory.Entry entry) {
    String folder = entry.name().substring(0, entry.name().lastIndexOf('/'));
    return folder.substring(folder.lastIndexOf('/') + 1);
  }
}
