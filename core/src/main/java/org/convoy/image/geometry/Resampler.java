package org.convoy.image.geometry;

import java.util.List;
import org.convoy.image.Image;
import org.convoy.tensor.Tensor;

/**
 * Computes a picture from a source picture and a list of geometric steps. Each output position is
 * followed back through all steps, last to first, each with its own border; only the source is
 * interpolated. So the result is what the steps would give one after another, without the blur of
 * interpolating at each. Where the steps together shrink, source pixels are averaged, so that none
 * is skipped.
 *
 * <p>There are three ways, and which one is taken depends on the steps alone. Where every step
 * {@linkplain InverseMap#keepsPixels keeps pixels}, they are copied and no arithmetic is done on
 * values. Where every step {@linkplain InverseMap#keepsAxes keeps axes}, rows and columns are
 * interpolated one after the other; where these shrink, by weights that fall linearly over the
 * width of a target pixel to either side (bilinear), as {@link org.convoy.image.ImageResizer} does.
 * Anything else is interpolated pixel by pixel. Where nothing is shrunk, all give the same bits.
 *
 * <p>Holds memory that grows once; belongs to one task at a time.
 */
public final class Resampler {
  private final Tracks tracks = new Tracks();
  private final PixelCopy pixelCopy = new PixelCopy();
  private final LineResampler lines = new LineResampler();
  private final PointResampler points = new PointResampler();

  /** Whether {@link #copy} may be used. */
  public static boolean keepPixels(List<GeometricStep> steps) {
    for (int i = 0; i < steps.size(); i++) {
      if (!steps.get(i).map().keepsPixels()) {
        return false;
      }
    }
    return true;
  }

  private static boolean keepAxes(List<GeometricStep> steps) {
    for (int i = 0; i < steps.size(); i++) {
      if (!steps.get(i).map().keepsAxes()) {
        return false;
      }
    }
    return true;
  }

  /**
   * Copies pixels, of steps that all keep them.
   *
   * @param values for each channel the value of each byte, 256 of them
   * @param target channels x height x width, as the last step promises
   */
  public void copy(Image source, List<GeometricStep> steps, float[][] values, Tensor target) {
    tracks.grow(Math.max(target.shape().size(1), target.shape().size(2)));
    tracks.prepare(steps);
    pixelCopy.copy(source, steps, tracks, values, target);
  }

  /**
   * Interpolates.
   *
   * @param steps at least one
   * @param value the value of each byte, 256 of them; that of 0 is 0
   * @param target channels x height x width, as the last step promises
   */
  public void interpolate(
      Image source,
      List<GeometricStep> steps,
      Interpolation interpolation,
      float[] value,
      Tensor target) {
    int height = target.shape().size(1);
    int width = target.shape().size(2);
    tracks.grow(Math.max(height, width));
    tracks.prepare(steps);
    AffineMap scale = around(steps, (height - 1) / 2.0, (width - 1) / 2.0);
    if (keepAxes(steps)) {
      lines.resample(source, steps, scale, interpolation, tracks, value, target);
    } else {
      points.resample(source, steps, scale, interpolation, tracks, value, target);
    }
  }

  /** All steps together, around a place of the result. */
  private static AffineMap around(List<GeometricStep> steps, double row, double column) {
    AffineMap all = AffineMap.identity();
    for (int i = steps.size() - 1; i >= 0; i--) {
      double stepRow = all.rowPerRow() * row + all.rowPerColumn() * column + all.rowOffset();
      double stepColumn =
          all.columnPerRow() * row + all.columnPerColumn() * column + all.columnOffset();
      all = all.then(steps.get(i).map().near(stepRow, stepColumn));
    }
    return all;
  }
}
