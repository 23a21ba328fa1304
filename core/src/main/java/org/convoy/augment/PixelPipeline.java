package org.convoy.augment;

import java.io.Serializable;
import java.util.List;
import org.convoy.description.Default;
import org.convoy.image.Box;
import org.convoy.image.Image;
import org.convoy.image.geometry.BoxTracks;
import org.convoy.image.geometry.GeometricStep;
import org.convoy.image.geometry.Interpolation;
import org.convoy.image.geometry.Resampler;
import org.convoy.image.geometry.VisibleBox;
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
 * @param interpolation between pixels, where they are not copied
 */
public record PixelPipeline(
    @Default("[]") List<Augmentation> augmentations,
    @Default("{}") Normalization normalization,
    @Default("\"bilinear\"") Interpolation interpolation)
    implements Serializable {
  public PixelPipeline {
    augmentations = List.copyOf(augmentations);
    requireOrder(augmentations);
  }

  /** Interpolates bilinearly. */
  public PixelPipeline(List<Augmentation> augmentations, Normalization normalization) {
    this(augmentations, normalization, Interpolation.BILINEAR);
  }

  /** The same, with values in about [0, 1] as its result. */
  public PixelPipeline withoutNormalization() {
    return new PixelPipeline(augmentations, Normalization.NONE, interpolation);
  }

  /** Checks that what moves pixels stands before what changes their values. */
  static void requireOrder(List<Augmentation> chain) {
    Augmentation changing = null;
    for (Augmentation augmentation : chain) {
      if (changing != null && augmentation.movesPixels()) {
        throw new IllegalArgumentException(
            String.format(
                "%s moves pixels and stands after %s, which changes values;"
                    + " put what moves pixels first",
                Augmentations.label(augmentation), Augmentations.label(changing)));
      }
      changing = augmentation.changesValues() ? augmentation : changing;
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
    Tensor result = Tensor.view(target, targetOffset, outputShape(sourceShape));
    draw(sourceShape, context, workspace.drawing(), false);
    compute(Image.view(source, sourceOffset, sourceShape), result, workspace);
  }

  /**
   * Prepares a view of one picture, in which nothing is random.
   *
   * @param source unsigned bytes, channels x height x width from {@code sourceOffset}; not changed
   * @param sourceShape channels x height x width
   * @param target receives {@link #outputShape} floats from {@code targetOffset}
   * @param workspace of the calling task
   * @throws ShapeException if the picture does not fit the pipeline or either array
   */
  public void prepareView(
      byte[] source,
      int sourceOffset,
      Shape sourceShape,
      View view,
      float[] target,
      int targetOffset,
      PixelWorkspace workspace) {
    Tensor result = Tensor.view(target, targetOffset, outputShape(sourceShape));
    draw(sourceShape, view, workspace.drawing());
    compute(Image.view(source, sourceOffset, sourceShape), result, workspace);
  }

  /** Does what the workspace's drawing says. */
  private void compute(Image image, Tensor result, PixelWorkspace workspace) {
    List<GeometricStep> steps = workspace.drawing().steps();
    List<ValueChange> changes = workspace.drawing().changes();
    if (changes.isEmpty() && Resampler.keepPixels(steps)) {
      float[][] values = workspace.normalizedValues(normalization, image.channels());
      workspace.resampler().copy(image, steps, values, result);
    } else {
      move(image, steps, result, workspace);
      for (int i = 0; i < changes.size(); i++) {
        changes.get(i).apply(result, workspace.scratch());
      }
      normalization.apply(result);
    }
  }

  private void move(
      Image image, List<GeometricStep> steps, Tensor result, PixelWorkspace workspace) {
    Resampler resampler = workspace.resampler();
    if (Resampler.keepPixels(steps)) {
      resampler.copy(image, steps, workspace.unitValues(image.channels()), result);
    } else {
      resampler.interpolate(image, steps, interpolation, PixelWorkspace.unitValues(), result);
    }
  }

  /**
   * Where boxes of a picture are after {@link #prepare} with the same context: moved as the pixels
   * are, and clipped to what the result shows.
   *
   * @param boxes in the picture
   * @param image shape of the picture
   * @param context as given to {@link #prepare}, null for evaluation
   * @return for each box where it is and how much of it is still visible
   */
  public List<VisibleBox> boxes(List<Box> boxes, Shape image, DrawContext context) {
    outputShape(image);
    Drawing drawing = new Drawing();
    draw(image, context, drawing, false);
    return tracks(drawing).follow(boxes);
  }

  /**
   * Where boxes of a picture are after the last {@link #prepare} with a workspace, without drawing
   * anew.
   *
   * @param boxes in the picture that was prepared
   */
  public List<VisibleBox> boxes(List<Box> boxes, PixelWorkspace workspace) {
    return tracks(workspace.drawing()).follow(boxes);
  }

  /**
   * Where a box of the plain view of a picture, in which nothing is random, lies in the picture.
   *
   * @param seen in what {@link #prepareView} shows in {@link View#PLAIN}
   * @param image shape of the picture
   * @return the smallest box around it there; parts may lie outside of the picture
   */
  public Box source(Box seen, Shape image) {
    outputShape(image);
    Drawing drawing = new Drawing();
    draw(image, View.PLAIN, drawing);
    return tracks(drawing).back(seen);
  }

  private static BoxTracks tracks(Drawing drawing) {
    Shape shape = drawing.shape();
    return new BoxTracks(drawing.steps(), shape.size(1), shape.size(2));
  }

  /**
   * What is drawn for a picture, in words: a line for each change, in the order in which they are
   * applied.
   *
   * @param image shape of the picture
   * @param context as given to {@link #prepare}
   */
  public List<String> words(Shape image, DrawContext context) {
    outputShape(image);
    Drawing drawing = new Drawing();
    draw(image, context, drawing, true);
    return List.copyOf(drawing.words());
  }

  private void draw(Shape image, DrawContext context, Drawing drawing, boolean tell) {
    if (context == null) {
      draw(image, View.PLAIN, drawing);
      return;
    }
    drawing.begin(image, tell);
    for (int i = 0; i < augmentations.size(); i++) {
      drawing.add(augmentations.get(i), context.with(i));
    }
  }

  private void draw(Shape image, View view, Drawing drawing) {
    drawing.begin(image, false);
    for (int i = 0; i < augmentations.size(); i++) {
      drawing.add(augmentations.get(i), view);
    }
    drawing.end(view);
  }
}
