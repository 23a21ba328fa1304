package org.convoy.spark.input;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.GlobFilter;
import org.apache.hadoop.fs.Path;
import org.convoy.data.Annotation;
import org.convoy.spark.storage.Storage;

/** Finds on the driver the files that Spark's format {@code binaryFile} will find. */
final class BinaryFileListing {
  private final Storage storage;
  private final BinaryFileSource source;
  private final List<String> given;
  private final ListingWatch watch;
  private final List<String> problems = new ArrayList<>();
  private final List<String> skipped = new ArrayList<>();
  private final List<String> unwanted = new ArrayList<>();

  /** A file: its whole path, that below its root, its length, and its class, if any. */
  private record Listed(String path, String name, long length, Optional<String> label) {}

  BinaryFileListing(
      Storage storage, BinaryFileSource source, List<String> given, ListingWatch watch) {
    this.storage = storage;
    this.source = source;
    this.given = given;
    this.watch = watch;
  }

  ImageSet open() throws IOException {
    List<Path> roots = roots();
    InputException.throwIfAny(problems);
    List<Listed> files = files(roots);
    requireLabels(files);
    InputException.throwIfAny(problems);
    NavigableSet<String> found = new TreeSet<>();
    files.forEach(file -> file.label().ifPresent(found::add));
    boolean labeled = source.labels() != BinaryFileSource.Labels.NONE;
    List<String> classes = labeled ? ClassNames.of(found, given, "paths", problems) : List.of();
    InputException.throwIfAny(problems);
    List<String> notes = new ArrayList<>(ClassNames.absent(classes, found));
    notes.addAll(NoPictures.notes(skipped));
    if (!unwanted.isEmpty()) {
      notes.add(
          String.format(
              "pathGlobFilter = %s leaves out %d files: %s",
              source.pathGlobFilter(), unwanted.size(), NoPictures.some(unwanted)));
    }
    ImageSetSummary summary =
        new ImageSetSummary(
            files.size(), classes, Optional.empty(), fingerprint(classes, files), notes);
    RowLabels numbering = new RowLabels(summary.kind(), /* numbered= */ false, classes);
    return new ImageSet(
        summary,
        new BinaryFileImages(
            storage,
            source,
            roots.stream().map(Path::toString).toList(),
            files.stream().map(Listed::path).toArray(String[]::new),
            numbering,
            new SlicedImages(storage, pictures(files, numbering), files.size())));
  }

  /** The directories, in the order of their paths. */
  private List<Path> roots() throws IOException {
    SortedMap<String, Path> roots = new TreeMap<>();
    for (String location : source.paths()) {
      for (FileStatus status : InputFiles.matches(storage, location, "paths", problems)) {
        if (status.isDirectory()) {
          roots.put(status.getPath().toString(), status.getPath());
        } else {
          problems.add("paths: expected a directory, but " + status.getPath() + " is a file");
        }
      }
    }
    for (Path root : roots.values()) {
      for (Path above = root.getParent(); above != null; above = above.getParent()) {
        if (roots.containsKey(above.toString())) {
          problems.add("paths: " + root + " lies in " + above + ", which is read, too");
        }
      }
    }
    return List.copyOf(roots.values());
  }

  private List<Listed> files(List<Path> roots) throws IOException {
    GlobFilter filter = new GlobFilter(source.pathGlobFilter());
    PathLabels labels = source.pathLabels();
    List<Listed> files = new ArrayList<>();
    for (FolderWalk.Below below : FolderWalk.walk(storage, roots, watch)) {
      skipped.addAll(below.skipped());
      for (FolderWalk.Found found : below.pictures()) {
        Path path = Storage.child(below.folder(), found.name());
        if (!isSeenBySpark(found.name())) {
          skipped.add(found.name());
        } else if (!filter.accept(path)) {
          unwanted.add(found.name());
        } else if (source.recursiveFileLookup() || isPartitioned(found.name())) {
          files.add(
              new Listed(
                  path.toString(), found.name(), found.length(), labels.classOf(found.name())));
        }
      }
    }
    if (files.isEmpty()) {
      problems.add(
          String.format(
              "paths: there is no picture in %s%s%s",
              roots,
              source.pathGlobFilter().equals("*") ? "" : " that fits " + source.pathGlobFilter(),
              source.recursiveFileLookup()
                  ? ""
                  : "; set recursiveFileLookup = true to look in all folders below"));
    }
    files.sort(Comparator.comparing(Listed::path));
    skipped.sort(Comparator.naturalOrder());
    unwanted.sort(Comparator.naturalOrder());
    return files;
  }

  /** Spark's rule for hidden files and folders. */
  private static boolean isSeenBySpark(String name) {
    return Arrays.stream(name.split("/"))
        .noneMatch(
            part ->
                (part.startsWith("_") && !part.contains("="))
                    || part.startsWith(".")
                    || part.endsWith("._COPYING_"));
  }

  /** Whether there are none but partition folders above a file. */
  private static boolean isPartitioned(String name) {
    String[] parts = name.split("/");
    return Arrays.stream(parts, 0, parts.length - 1).allMatch(part -> part.indexOf('=') > 0);
  }

  private void requireLabels(List<Listed> files) {
    if (source.labels() == BinaryFileSource.Labels.NONE) {
      return;
    }
    List<String> without =
        files.stream().filter(file -> file.label().isEmpty()).map(Listed::name).toList();
    if (!without.isEmpty()) {
      problems.add(
          String.format(
              "paths: %d pictures lie in no folder%s that tells their class: %s; set labels ="
                  + " none to read images without labels",
              without.size(),
              source.labels() == BinaryFileSource.Labels.PARTITION
                  ? " " + source.partition() + "=…"
                  : "",
              NoPictures.some(without)));
    }
  }

  private static String fingerprint(List<String> classes, List<Listed> files) {
    Fingerprint fingerprint = new Fingerprint();
    classes.forEach(fingerprint::add);
    files.forEach(file -> fingerprint.add(file.name()).add(file.length()));
    return fingerprint.finish();
  }

  private static ListedFiles pictures(List<Listed> files, RowLabels numbering) {
    ListedFiles pictures = new ListedFiles(files.size());
    for (Listed file : files) {
      Annotation annotation = numbering.annotation(file.label().stream().toList(), List.of());
      pictures.add(file.name(), file.path(), annotation, "");
    }
    return pictures;
  }
}
