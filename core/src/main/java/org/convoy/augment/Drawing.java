package org.convoy.augment;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.convoy.image.geometry.AffineMap;
import org.convoy.image.geometry.Border;
import org.convoy.image.geometry.GeometricStep;
import org.convoy.image.geometry.InverseMap;
import org.convoy.tensor.Shape;

/**
 * Collects what is drawn for one picture: geometric steps and changes of values, each in the order
 * drawn, and if somebody wants to read them, words for them.
 */
public final class Drawing {
  private final List<GeometricStep> steps = new ArrayList<>();
  private final List<ValueChange> changes = new ArrayList<>();
  private final List<String> words = new ArrayList<>();
  private Shape shape;
  private boolean telling;

  /** Forgets all, and begins with a picture of this shape. */
  void begin(Shape image, boolean tell) {
    steps.clear();
    changes.clear();
    words.clear();
    shape = image;
    telling = tell;
  }

  /** Draws an augmentation with a context of its own. */
  public void add(Augmentation augmentation, DrawContext context) {
    if (augmentation instanceof GeometricAugmentation geometric) {
      say(() -> geometric.words(context, shape));
      Shape result = geometric.outputShape(shape);
      move(geometric.draw(context, shape), geometric.border());
      shape = result;
    } else if (augmentation instanceof PhotometricAugmentation photometric) {
      say(() -> photometric.words(context, shape));
      change(photometric.draw(context, shape));
    } else if (augmentation instanceof CompositeAugmentation composite) {
      composite.draw(context, shape, this);
    }
  }

  /** Adds what an augmentation does for a view, where nothing random may happen. */
  void add(Augmentation augmentation, View view) {
    if (augmentation instanceof GeometricAugmentation geometric) {
      Shape result = geometric.outputShape(shape);
      move(geometric.seen(view, shape), geometric.border());
      shape = result;
    }
  }

  /** Adds what is done for a view after all augmentations. */
  void end(View view) {
    if (view.shift() != 0) {
      move(AffineMap.shift(view.shift(), view.shift()), Border.REFLECT);
    }
    if (view.mirrored()) {
      move(AffineMap.mirrorColumns(shape.size(2)), Border.ZERO);
    }
  }

  /** Adds a step that keeps the shape. */
  public void move(InverseMap map, Border border) {
    steps.add(new GeometricStep(map, border, shape.size(1), shape.size(2)));
  }

  /** Adds a change of values. */
  public void change(ValueChange change) {
    changes.add(change);
  }

  /** Adds words, if somebody wants to read them. */
  public void say(Supplier<String> sentence) {
    if (telling) {
      words.add(sentence.get());
    }
  }

  /** Shape of the picture after all that was added. */
  Shape shape() {
    return shape;
  }

  List<GeometricStep> steps() {
    return steps;
  }

  List<ValueChange> changes() {
    return changes;
  }

  List<String> words() {
    return words;
  }
}
