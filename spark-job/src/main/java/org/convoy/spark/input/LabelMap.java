package org.convoy.spark.input;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import org.convoy.description.Nearest;

/** Labels of one list of classes to those of another. */
final class LabelMap implements Serializable {
  private static final long serialVersionUID = 1L;
  static final LabelMap IDENTITY = new LabelMap(null);

  private final int[] targets;

  private LabelMap(int[] targets) {
    this.targets = targets;
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
    return new LabelMap(targets);
  }

  /** Images of classes that are not in the other list lose their labels. */
  static LabelMap betweenKnown(List<String> from, List<String> to) {
    return new LabelMap(from.stream().mapToInt(to::indexOf).toArray());
  }

  EncodedImage apply(EncodedImage image) {
    return targets == null || image.label() == KeyedImage.NO_LABEL
        ? image
        : image.withLabel(targets[image.label()]);
  }
}
