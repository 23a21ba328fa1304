package org.convoy.spark.input;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;
import org.convoy.data.Annotation;
import org.convoy.spark.input.FolderSource.Labels;
import org.convoy.spark.storage.Storage;

/** Lists directories of pictures on the driver and collects all that is wrong with them. */
final class FolderListing {
  private final Storage storage;
  private final FolderSource source;
  private final List<String> given;
  private final ListingWatch watch;
  private final FolderFiles files = new FolderFiles();
  private final Fingerprint fingerprint = new Fingerprint();
  private final List<String> problems = new ArrayList<>();
  private final List<String> skipped = new ArrayList<>();

  /** Pictures of one class below a directory, or all of them. */
  private record Group(Path directory, List<FolderWalk.Found> pictures) {}

  FolderListing(Storage storage, FolderSource source, List<String> given, ListingWatch watch) {
    this.storage = storage;
    this.watch = watch;
    this.source = source;
    this.given = given;
  }

  ImageSet open() throws IOException {
    List<Path> roots = roots();
    InputException.throwIfAny(problems);
    List<String> notes = new ArrayList<>();
    List<String> classes = List.of();
    if (source.labels() == Labels.NONE) {
      add(Annotation.NO_LABEL, below(roots));
    } else {
      SortedMap<String, List<Group>> groups =
          source.labels() == Labels.FOLDERS ? classFolders(roots) : byPath(roots);
      InputException.throwIfAny(problems);
      classes = ClassNames.of(groups.keySet(), given, field(), problems);
      InputException.throwIfAny(problems);
      for (int label = 0; label < classes.size(); label++) {
        fingerprint.add(classes.get(label));
        add(label, groups.getOrDefault(classes.get(label), List.of()));
      }
      notes.addAll(ClassNames.absent(classes, groups.keySet()));
    }
    if (files.count() == 0) {
      throw new InputException(
          field() + ": there is no picture in " + String.join(", ", names(roots)));
    }
    skipped.sort(Comparator.naturalOrder());
    notes.addAll(NoPictures.notes(skipped));
    return new ImageSet(
        storage,
        new ImageSetSummary(files.count(), classes, Optional.empty(), fingerprint.finish(), notes),
        files);
  }

  private String field() {
    return source.roots().isEmpty() ? "root" : "roots";
  }

  private static List<String> names(List<Path> paths) {
    return paths.stream().map(Path::toString).toList();
  }

  /** The directories, in the order of their paths. */
  private List<Path> roots() throws IOException {
    SortedMap<String, Path> roots = new TreeMap<>();
    for (String location : source.directories()) {
      List<FileStatus> matches = InputFiles.matches(storage, location, field(), problems);
      for (FileStatus status : matches) {
        Path path = status.getPath();
        if (!status.isDirectory()) {
          problems.add(field() + ": expected a directory, but " + path + " is a file");
        } else if (roots.put(path.toString(), path) != null) {
          problems.add(field() + ": " + path + " is named twice");
        }
      }
    }
    for (Path root : roots.values()) {
      for (Path above = root.getParent(); above != null; above = above.getParent()) {
        if (roots.containsKey(above.toString())) {
          problems.add(field() + ": " + root + " lies in " + above + ", which is read as a whole");
        }
      }
    }
    return List.copyOf(roots.values());
  }

  /** All pictures below each root. */
  private List<Group> below(List<Path> roots) throws IOException {
    List<Group> groups = new ArrayList<>();
    for (FolderWalk.Below below : FolderWalk.walk(storage, roots, watch)) {
      note(below, "");
      groups.add(new Group(below.folder(), below.pictures()));
    }
    return groups;
  }

  private void note(FolderWalk.Below below, String prefix) {
    below.skipped().forEach(name -> skipped.add(prefix + name));
  }

  /** The folders in the roots, each of which holds pictures of the class that it names. */
  private SortedMap<String, List<Group>> classFolders(List<Path> roots) throws IOException {
    List<Path> folders = new ArrayList<>();
    for (Path root : roots) {
      List<String> unlabeled = new ArrayList<>();
      for (FileStatus status : storage.list(root)) {
        String name = status.getPath().getName();
        if (NoPictures.isOne(status)) {
          skipped.add(name);
        } else if (status.isFile()) {
          unlabeled.add(name);
        } else {
          folders.add(status.getPath());
        }
      }
      requireNone(root, unlabeled);
    }
    SortedMap<String, List<Group>> groups = new TreeMap<>();
    for (FolderWalk.Below below : FolderWalk.walk(storage, folders, watch)) {
      String name = below.folder().getName();
      note(below, name + "/");
      groups
          .computeIfAbsent(name, key -> new ArrayList<>())
          .add(new Group(below.folder(), below.pictures()));
    }
    checkClasses(roots, groups);
    return groups;
  }

  private void requireNone(Path root, List<String> unlabeled) {
    if (!unlabeled.isEmpty()) {
      problems.add(
          String.format(
              "%s: files lie in %s outside of any class's folder: %s; move them into the folders"
                  + " of their classes, or set labels = none to read images without labels",
              field(), root, NoPictures.some(unlabeled)));
    }
  }

  private void checkClasses(List<Path> roots, SortedMap<String, List<Group>> groups) {
    String where = String.join(", ", names(roots));
    List<String> empty =
        groups.entrySet().stream()
            .filter(entry -> entry.getValue().stream().allMatch(group -> group.pictures.isEmpty()))
            .map(Map.Entry::getKey)
            .toList();
    if (!empty.isEmpty()) {
      problems.add(
          String.format(
              "%s: %d of %d classes in %s have no picture: %s; remove those folders or fill them",
              field(), empty.size(), groups.size(), where, NoPictures.some(empty)));
    }
    if (groups.isEmpty() && problems.isEmpty()) {
      problems.add(
          String.format(
              "%s: there is no folder in %s; each class's pictures lie in a folder there",
              field(), where));
    }
  }

  /** All pictures below the roots, by the classes that their paths tell. */
  private SortedMap<String, List<Group>> byPath(List<Path> roots) throws IOException {
    PathLabels paths = new PathLabels(source.labels(), source.partition());
    SortedMap<String, List<Group>> groups = new TreeMap<>();
    for (Group all : below(roots)) {
      Map<String, List<FolderWalk.Found>> ofClass = new LinkedHashMap<>();
      List<String> without = new ArrayList<>();
      for (FolderWalk.Found picture : all.pictures()) {
        Optional<String> name = paths.classOf(picture.name());
        name.ifPresentOrElse(
            known -> ofClass.computeIfAbsent(known, key -> new ArrayList<>()).add(picture),
            () -> without.add(picture.name()));
      }
      if (!without.isEmpty()) {
        problems.add(
            String.format(
                "%s: %d pictures in %s lie in no folder%s that tells their class: %s; set labels ="
                    + " none to read images without labels",
                field(),
                without.size(),
                all.directory(),
                source.labels() == Labels.PARTITION ? " " + source.partition() + "=…" : "",
                NoPictures.some(without)));
      }
      ofClass.forEach(
          (name, pictures) ->
              groups
                  .computeIfAbsent(name, key -> new ArrayList<>())
                  .add(new Group(all.directory(), pictures)));
    }
    return groups;
  }

  private void add(int label, List<Group> groups) {
    for (Group group : groups) {
      for (FolderWalk.Found file : group.pictures()) {
        fingerprint.add(file.name()).add(file.length());
      }
      files.add(
          group.directory().toString(),
          source.labels() == Labels.FOLDERS ? group.directory().getName() + "/" : "",
          label,
          group.pictures().stream().map(FolderWalk.Found::name).toArray(String[]::new));
    }
  }
}
