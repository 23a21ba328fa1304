package org.convoy.spark.input;

import java.util.Arrays;
import java.util.List;
import org.convoy.data.Annotation;
import org.convoy.spark.storage.Storage;

/** Picture files that a list names, in its order. */
final class ListedFiles implements ImageSet.Slicer {
  private final String[] names;
  private final String[] paths;
  private final Annotation[] annotations;
  private final String[] problems;
  private int count;

  ListedFiles(int size) {
    names = new String[size];
    paths = new String[size];
    annotations = new Annotation[size];
    problems = new String[size];
  }

  /**
   * @param name the path as it is written
   * @param problem why the image cannot be used; empty if it can
   */
  void add(String name, String path, Annotation annotation, String problem) {
    names[count] = name;
    paths[count] = path;
    annotations[count] = annotation;
    problems[count++] = problem;
  }

  @Override
  public ImageSlice slice(long from, long to) {
    int first = Math.toIntExact(from);
    int end = Math.toIntExact(to);
    return new ListedSlice(
        from,
        Arrays.copyOfRange(paths, first, end),
        Arrays.copyOfRange(annotations, first, end),
        Arrays.copyOfRange(problems, first, end));
  }

  @Override
  public ImageCatalogue catalogue(Storage storage, long imageCount) {
    List<Integer> labels = Arrays.stream(annotations).map(ImageCatalogue::label).toList();
    return ImageCatalogue.of(List.of(names), labels);
  }
}
