package org.convoy.spark.input;

import java.util.ArrayList;
import java.util.List;
import org.apache.spark.api.java.function.Function;
import org.convoy.data.Annotation;
import org.convoy.description.Nearest;

/** Labels of one list of classes to those of another. */
final class LabelMap implements Function<EncodedImage, EncodedImage> {
  private static final long serialVersionUID = 1L;
  static final LabelMap IDENTITY = new LabelMap(null, false);

  private final int[] targets;
  private final boolean many;

  private LabelMap(int[] targets, boolean many) {
    this.targets = targets;
    this.many = many;
  }

  static LabelMap between(List<String> from, List<String> to) throws InputException {
    int[] targets = new int[from.size()];
    List<String> problems = new ArrayList<>();
    for (int label = 0; label < targets.length; label++) {
      String name = from.get(label);
      targets[label] = to.indexOf(name);
      if (targets[label] < 0) {
        problems.add(
            String.format(
                "there are images of class '%s', but the expected classes are %s%s",
                name, String.join(", ", to), Nearest.suggestion(name, to)));
      }
    }
    InputException.throwIfAny(problems);
    return new LabelMap(targets, /* many= */ true);
  }

  /**
   * Labels of classes that are not in the other list are dropped; an image that should have one
   * label is unknown then, one that may have several keeps the others.
   *
   * @param many whether an image may have several labels
   */
  static LabelMap betweenKnown(List<String> from, List<String> to, boolean many) {
    return new LabelMap(from.stream().mapToInt(to::indexOf).toArray(), many);
  }

  @Override
  public EncodedImage call(EncodedImage image) {
    return targets == null ? image : image.withAnnotation(apply(image.annotation()));
  }

  private Annotation apply(Annotation annotation) {
    Annotation kept = annotation.keep(label -> targets[label] >= 0);
    boolean lost = kept.labelCount() < annotation.labelCount();
    return lost && !many ? Annotation.UNKNOWN : kept.withLabels(label -> targets[label]);
  }
}
