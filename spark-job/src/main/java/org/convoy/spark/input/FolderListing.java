package org.convoy.spark.input;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;
import org.convoy.data.Annotation;
import org.convoy.spark.storage.Storage;

/** Lists a directory of pictures on the driver and collects all that is wrong with it. */
final class FolderListing {
  private static final int MAXIMUM_DEPTH = 32;

  private final Storage storage;
  private final FolderSource.Labels labels;
  private final List<String> problems = new ArrayList<>();
  private final List<String> skipped = new ArrayList<>();

  /** A picture file: its path below a folder, and its length. */
  private record Found(String name, long length) {}

  FolderListing(Storage storage, FolderSource.Labels labels) {
    this.storage = storage;
    this.labels = labels;
  }

  ImageSet open(String location) throws IOException {
    Path root = InputFiles.requireDirectory(storage, location, "root", problems);
    InputException.throwIfAny(problems);
    FolderFiles files = new FolderFiles();
    Fingerprint fingerprint = new Fingerprint();
    List<String> classes = List.of();
    switch (labels) {
      case FOLDERS -> classes = addClasses(root, files, fingerprint);
      case NONE -> add(root, Annotation.NO_LABEL, files, fingerprint);
    }
    if (files.count() == 0 && problems.isEmpty()) {
      problems.add("root: there is no picture in " + root);
    }
    InputException.throwIfAny(problems);
    return new ImageSet(
        storage,
        new ImageSetSummary(
            files.count(),
            classes,
            Optional.empty(),
            fingerprint.finish(),
            NoPictures.notes(skipped)),
        files);
  }

  private List<String> addClasses(Path root, FolderFiles files, Fingerprint fingerprint)
      throws IOException {
    List<String> classes = new ArrayList<>();
    List<String> unlabeled = new ArrayList<>();
    List<String> empty = new ArrayList<>();
    for (FileStatus status : storage.list(root)) {
      String name = status.getPath().getName();
      if (NoPictures.isOne(name)) {
        skipped.add(name);
      } else if (status.isFile()) {
        unlabeled.add(name);
      } else {
        fingerprint.add(name);
        if (add(status.getPath(), classes.size(), files, fingerprint) == 0) {
          empty.add(name);
        }
        classes.add(name);
      }
    }
    checkClasses(root, classes, unlabeled, empty);
    return classes;
  }

  private void checkClasses(
      Path root, List<String> classes, List<String> unlabeled, List<String> empty) {
    if (!unlabeled.isEmpty()) {
      problems.add(
          String.format(
              "root: files lie in %s outside of any class's folder: %s; move them into the folders"
                  + " of their classes, or set labels = none to read images without labels",
              root, NoPictures.some(unlabeled)));
    }
    if (!empty.isEmpty()) {
      problems.add(
          String.format(
              "root: %d of %d classes in %s have no picture: %s; remove those folders or fill them",
              empty.size(), classes.size(), root, NoPictures.some(empty)));
    }
    if (classes.isEmpty() && unlabeled.isEmpty()) {
      problems.add(
          "root: there is no folder in " + root + "; each class's pictures lie in a folder there");
    }
  }

  /** Adds all pictures below a folder, and tells how many. */
  private int add(Path folder, int label, FolderFiles files, Fingerprint fingerprint)
      throws IOException {
    List<Found> found = new ArrayList<>();
    collect(folder, "", 0, found);
    found.sort(Comparator.comparing(Found::name));
    for (Found file : found) {
      fingerprint.add(file.name()).add(file.length());
    }
    files.add(folder.toString(), label, found.stream().map(Found::name).toArray(String[]::new));
    return found.size();
  }

  private void collect(Path folder, String prefix, int depth, List<Found> found)
      throws IOException {
    if (depth > MAXIMUM_DEPTH) {
      throw new InputException(
          String.format(
              "root: %s lies more than %d folders deep; is there a link to a folder above it?",
              folder, MAXIMUM_DEPTH));
    }
    for (FileStatus status : storage.list(folder)) {
      String name = status.getPath().getName();
      if (NoPictures.isOne(name)) {
        skipped.add(folder.getName() + "/" + prefix + name);
      } else if (status.isDirectory()) {
        collect(status.getPath(), prefix + name + "/", depth + 1, found);
      } else {
        found.add(new Found(prefix + name, status.getLen()));
      }
    }
  }
}
