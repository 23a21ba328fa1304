package org.convoy.spark.input;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.apache.hadoop.fs.Path;
import org.convoy.data.Annotation;
import org.convoy.image.Box;
import org.convoy.spark.storage.Storage;

/** Reads lists of pictures on the driver and collects all that is wrong with them. */
final class ListReading {
  private static final Pattern SCHEME = Pattern.compile("^[A-Za-z][A-Za-z0-9+.\\-]*:/.*");

  private final Storage storage;
  private final ListSource source;
  private final List<String> given;
  private final List<String> problems = new ArrayList<>();
  private final Map<String, Entry> entries = new LinkedHashMap<>();
  private final FoundLabels found = new FoundLabels();
  private final List<String> wrongLines = new ArrayList<>();
  private Annotation.Kind kind;

  /** A picture and what its lines say of it. */
  private static final class Entry {
    private final String place;
    private final List<String> labels = new ArrayList<>();
    private final List<Box> boxes = new ArrayList<>();
    private String problem = "";

    Entry(String place) {
      this.place = place;
    }
  }

  ListReading(Storage storage, ListSource source, List<String> given) {
    this.storage = storage;
    this.source = source;
    this.given = given;
  }

  ImageSet open() throws IOException {
    List<Path> files =
        InputFiles.find(storage, "lists", source.lists(), List.of(".csv", ".tsv"), problems);
    for (Path file : files) {
      read(file);
    }
    if (entries.isEmpty() && problems.isEmpty()) {
      problems.add("lists: there is no line in " + files);
    }
    throwIfAny();
    List<String> classes = List.of();
    List<String> notes = new ArrayList<>();
    if (!wrongLines.isEmpty()) {
      notes.add(describeWrongLines());
    }
    if (kind != Annotation.Kind.NONE) {
      classes = found.classes(given, "lists", problems);
      notes.addAll(found.notes(given, classes));
    }
    throwIfAny();
    RowLabels numbering = found.numbering(kind, given, classes);
    ListedFiles all = new ListedFiles(entries.size());
    Fingerprint fingerprint = new Fingerprint();
    entries.forEach((path, entry) -> add(path, entry, numbering, fingerprint, all));
    return new ImageSet(
        storage,
        new ImageSetSummary(
            entries.size(), kind, classes, Optional.empty(), fingerprint.finish(), notes),
        all);
  }

  /** Lines that cannot be used are no reason to refuse a list, but may tell the reason. */
  private void throwIfAny() throws InputException {
    if (!problems.isEmpty() && !wrongLines.isEmpty()) {
      problems.add("lists: " + describeWrongLines());
    }
    InputException.throwIfAny(problems);
  }

  private String describeWrongLines() {
    return String.format(
        "%d lines cannot be used: %s", wrongLines.size(), NoPictures.some(wrongLines));
  }

  private static void add(
      String path, Entry entry, RowLabels numbering, Fingerprint fingerprint, ListedFiles all) {
    fingerprint.add(entry.place).add(entry.labels.size());
    entry.labels.forEach(fingerprint::add);
    for (Box box : entry.boxes) {
      fingerprint.add(box.top()).add(box.left()).add(box.bottom()).add(box.right());
    }
    if (!entry.problem.isEmpty()) {
      all.add(entry.place, path, Annotation.UNKNOWN, entry.problem);
      return;
    }
    try {
      all.add(entry.place, path, numbering.annotation(entry.labels, entry.boxes), "");
    } catch (IllegalArgumentException e) {
      all.add(entry.place, path, Annotation.UNKNOWN, "cannot be used: " + e.getMessage());
    }
  }

  private void read(Path file) throws IOException {
    char separator = file.getName().endsWith(".tsv") ? '\t' : ',';
    Path root = source.root().isEmpty() ? file.getParent() : storage.resolve(source.root());
    try (InputStream in = new BufferedInputStream(storage.open(file))) {
      SeparatedLines lines = new SeparatedLines(in, separator);
      try {
        read(file, root, lines);
      } catch (IllegalArgumentException e) {
        problems.add(String.format("lists: line %d of %s: %s", lines.line(), file, e.getMessage()));
      }
    }
  }

  private void read(Path file, Path root, SeparatedLines lines) throws IOException {
    List<String> first = lines.next();
    if (first == null) {
      problems.add("lists: " + file + " is empty");
      return;
    }
    if (!source.header() && ListColumns.areNames(first)) {
      throw new IllegalArgumentException(
          "'"
              + String.join(", ", first)
              + "' names columns and no image; set header = true, so that it is not read as one");
    }
    ListColumns columns = columns(first);
    requireKind(file, columns);
    for (List<String> fields = source.header() ? lines.next() : first;
        fields != null;
        fields = lines.next()) {
      add(file, root, lines.line(), fields, columns);
    }
  }

  private ListColumns columns(List<String> first) {
    if (!source.columns().isEmpty()) {
      return ListColumns.of(source.columns());
    }
    return source.header() ? ListColumns.of(first) : ListColumns.ofCount(first.size());
  }

  private void requireKind(Path file, ListColumns columns) {
    Annotation.Kind other = Annotation.Kind.NONE;
    if (columns.hasBoxes()) {
      other = source.several() ? Annotation.Kind.OBJECTS : Annotation.Kind.CLASS_AND_BOX;
    } else if (columns.hasLabels()) {
      other = source.several() ? Annotation.Kind.CLASSES : Annotation.Kind.CLASS;
    }
    if (kind != null && kind != other) {
      problems.add(
          String.format(
              "lists: images of %s have %s, those before have %s; read them apart",
              file, other, kind));
    }
    kind = other;
  }

  private void add(Path file, Path root, int line, List<String> fields, ListColumns columns) {
    Optional<String> written = columns.path(fields).filter(text -> !text.isBlank());
    String path =
        written.map(text -> resolve(root, text).toString()).orElse(file + "#line-" + line);
    try {
      if (fields.size() != columns.count()) {
        throw new IllegalArgumentException(
            "expected " + columns.count() + " fields, got " + fields.size());
      } else if (written.isEmpty()) {
        throw new IllegalArgumentException("the path is missing");
      } else if (entries.containsKey(path) && !source.several()) {
        throw new IllegalArgumentException(
            written.get() + " is named a second time; several = true reads several labels");
      }
      List<String> labels = labels(columns.label(fields));
      List<Box> boxes = columns.boxForm().boxes(columns.box(fields));
      if (columns.hasBoxes() && boxes.size() != labels.size()) {
        throw new IllegalArgumentException(
            "it has " + labels.size() + " labels and " + boxes.size() + " boxes");
      }
      Entry entry = entries.computeIfAbsent(path, key -> new Entry(written.get()));
      entry.labels.addAll(labels);
      entry.boxes.addAll(boxes);
      found.add(labels);
    } catch (IllegalArgumentException e) {
      String problem = String.format("line %d of %s: %s", line, file, e.getMessage());
      wrongLines.add(problem);
      boolean taken = entries.containsKey(path);
      Entry entry = new Entry(written.orElse(""));
      entry.problem = "cannot be used: " + problem;
      entries.put(taken ? file + "#line-" + line : path, entry);
    }
  }

  /** Of a path as it is written: with a scheme, absolute, or below the root. */
  private static Path resolve(Path root, String written) {
    if (SCHEME.matcher(written).matches()) {
      return new Path(written);
    }
    return written.startsWith("/")
        ? new Path(root.toUri().getScheme(), root.toUri().getAuthority(), written)
        : Storage.child(root, written);
  }

  private List<String> labels(String text) {
    if (text.isEmpty() || !source.several()) {
      return text.isEmpty() ? List.of() : List.of(text);
    }
    List<String> labels = new ArrayList<>();
    for (String label : text.split(Pattern.quote(source.between()), -1)) {
      if (!label.isBlank()) {
        labels.add(label.strip());
      }
    }
    return labels;
  }
}
