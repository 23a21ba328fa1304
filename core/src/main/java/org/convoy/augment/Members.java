package org.convoy.augment;

import java.util.List;
import org.convoy.tensor.Shape;
import org.convoy.tensor.ShapeException;

/** What an augmentation asks of those that it holds. */
final class Members {
  private Members() {}

  static List<Augmentation> require(String owner, List<Augmentation> members) {
    if (members.isEmpty()) {
      throw new IllegalArgumentException(owner + " needs at least one augmentation, got none");
    }
    return List.copyOf(members);
  }

  /** The image's shape, which every member must keep, as chance decides whether it happens. */
  static Shape requireShape(String owner, List<Augmentation> members, Shape image) {
    for (Augmentation member : members) {
      Shape result = member.outputShape(image);
      if (!result.equals(image)) {
        throw new ShapeException(
            String.format(
                "%s holds %s, which makes images of %s of %s; only what keeps the shape may be"
                    + " left to chance",
                owner, Augmentations.label(member), result, image));
      }
    }
    return image;
  }
}
