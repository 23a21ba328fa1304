package org.convoy.augment;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import org.convoy.description.Default;
import org.convoy.image.Image;
import org.convoy.image.geometry.GeometricStep;
import org.convoy.image.geometry.InverseMap;
import org.convoy.image.geometry.Resampler;
import org.convoy.tensor.Shape;
import org.convoy.tensor.ShapeException;
import org.convoy.tensor.Tensor;

/**
 * From a picture's bytes to a network's input: augmentations in their order, on values in [0, 1]
 * (byte / 255), then normalization.
 *
 * <p>Augmentations that move pixels come before those that change values. They act as though one
 * were applied after another, each on the shape and with the border that the one before left, but
 * pixels are interpolated once; if all of them only mirror and shift by whole pixels, pixels are
 * copied without any rounding.
 *
 * @param augmentations in the order in which they are applied
 * @param normalization after them
 */
public record PixelPipeline(
    @Default("[]") List<Augmentation> augmentations, @Default("{}") Normalization normalization)
    implements Serializable {
  public PixelPipeline {
    augmentations = List.copyOf(augmentations);
    Augmentation photometric = null;
    for (Augmentation augmentation : augmentations) {
      if (augmentation instanceof PhotometricAugmentation) {
        photometric = augmentation;
      } else if (photometric != null) {
        throw new IllegalArgumentException(
            String.format(
                "%s moves pixels and stands after %s, which changes values;"
                    + " put what moves pixels first",
                Augmentations.label(augmentation), Augmentations.label(photometric)));
      }
    }
  }

  /**
   * The shape of what the network sees.
   *
   * @param image channels x height x width
   * @throws ShapeException if such images do not fit an augmentation or the normalization
   */
  public Shape outputShape(Shape image) {
    if (image.rank() != 3) {
      throw new ShapeException("expected images of shape channels x height x width, got " + image);
    }
    Shape shape = image;
    for (Augmentation augmentation : augmentations) {
      shape = augmentation.outputShape(shape);
    }
    normalization.check(shape);
    return shape;
  }

  /**
   * Prepares one picture.
   *
   * @param source unsigned bytes, channels x height x width from {@code sourceOffset}; not changed
   * @param sourceShape channels x height x width
   * @param context run, epoch and image; null for evaluation: nothing random happens, and a random
   *     crop takes the middle
   * @param target receives {@link #outputShape} floats from {@code targetOffset}
   * @param workspace of the calling task
   * @throws ShapeException if the picture does not fit the pipeline or either array
   */
  public void prepare(
      byte[] source,
      int sourceOffset,
      Shape sourceShape,
      DrawContext context,
      float[] target,
      int targetOffset,
      PixelWorkspace workspace) {
    Shape shape = outputShape(sourceShape);
    Image image = Image.view(source, sourceOffset, sourceShape);
    Tensor result = Tensor.view(target, targetOffset, shape);
    List<GeometricStep> steps = drawSteps(sourceShape, context);
    List<ValueChange> changes = context == null ? List.of() : drawChanges(shape, context);
    if (changes.isEmpty() && Resampler.keepPixels(steps)) {
      float[][] values = workspace.normalizedValues(normalization, image.channels());
      workspace.resampler().copy(image, steps, values, result);
    } else {
      move(image, steps, result, workspace);
      for (ValueChange change : changes) {
        change.apply(result);
      }
      normalization.apply(result);
    }
  }

  private static void move(
      Image image, List<GeometricStep> steps, Tensor result, PixelWorkspace workspace) {
    if (Resampler.keepPixels(steps)) {
      workspace.resampler().copy(image, steps, workspace.unitValues(image.channels()), result);
    } else {
      workspace.resampler().interpolate(image, steps, PixelWorkspace.unitValues(), result);
    }
  }

  private List<GeometricStep> drawSteps(Shape image, DrawContext context) {
    List<GeometricStep> steps = new ArrayList<>(augmentations.size());
    Shape shape = image;
    for (int i = 0; i < augmentations.size(); i++) {
      if (augmentations.get(i) instanceof GeometricAugmentation geometric) {
        InverseMap map =
            context == null ? geometric.neutral(shape) : geometric.draw(context.with(i), shape);
        steps.add(new GeometricStep(map, geometric.border(), shape.size(1), shape.size(2)));
        shape = geometric.outputShape(shape);
      }
    }
    return steps;
  }

  private List<ValueChange> drawChanges(Shape image, DrawContext context) {
    List<ValueChange> changes = new ArrayList<>(augmentations.size());
    for (int i = 0; i < augmentations.size(); i++) {
      if (augmentations.get(i) instanceof PhotometricAugmentation photometric) {
        changes.add(photometric.draw(context.with(i), image));
      }
    }
    return changes;
  }
}
