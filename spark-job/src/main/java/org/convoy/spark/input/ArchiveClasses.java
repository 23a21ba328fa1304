package org.convoy.spark.input;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeSet;
import org.convoy.data.Annotation;
import org.convoy.spark.input.FolderSource.Labels;

/** Classes of pictures in archives: the folders that they lie in, whatever is above those. */
final class ArchiveClasses {
  private final Labels labels;
  private final List<String> given;
  private final NavigableSet<String> found = new TreeSet<>();
  private final List<String> problems = new ArrayList<>();
  private List<String> names = List.of();
  private Map<String, Integer> numbers = Map.of();

  ArchiveClasses(Labels labels, List<String> given) {
    this.labels = labels;
    this.given = given;
  }

  /** Refuses kinds of labels that archives do not have, and names of no labels. */
  static void check(Labels labels, GivenClasses classes) {
    if (labels != Labels.FOLDERS && labels != Labels.NONE) {
      throw new IllegalArgumentException(
          "labels of archives must be folders or none; a picture's class is its innermost folder");
    }
    if (labels == Labels.NONE && classes.areGiven()) {
      throw new IllegalArgumentException("classes are named, but labels = none reads no labels");
    }
  }

  /** Takes note of an archive's pictures, by their paths in it. */
  void add(String archive, List<String> paths) {
    if (labels == Labels.NONE) {
      return;
    }
    List<String> without = new ArrayList<>();
    for (String path : paths) {
      Optional<String> folder = PathLabels.parentOf(path);
      folder.ifPresentOrElse(found::add, () -> without.add(path));
    }
    if (!without.isEmpty()) {
      problems.add(
          String.format(
              "archives: files in %s lie in no folder, which would be their class: %s; set labels"
                  + " = none to read images without labels",
              archive, NoPictures.some(without)));
    }
  }

  /** Numbers the classes when all archives are known. */
  void finish(List<String> allProblems) {
    allProblems.addAll(problems);
    if (labels != Labels.NONE) {
      names = ClassNames.of(found, given, "archives", allProblems);
      numbers = ClassNames.numbered(names);
    }
  }

  /** An entry's path without what says that it begins in the archive's own folder. */
  static String plainPath(String entry) {
    return entry.replaceFirst("^(\\.?/)+", "");
  }

  List<String> names() {
    return names;
  }

  int labelOf(String path) {
    return labels == Labels.NONE
        ? Annotation.NO_LABEL
        : numbers.get(PathLabels.parentOf(path).orElseThrow());
  }

  /** What a reader should know about classes without images, or nothing. */
  List<String> notes() {
    return ClassNames.absent(names, found);
  }
}
