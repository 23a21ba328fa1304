package org.convoy.augment;

import java.util.Locale;
import org.convoy.description.Default;
import org.convoy.image.ImageResizer;
import org.convoy.image.ImageSize;
import org.convoy.image.geometry.AffineMap;
import org.convoy.image.geometry.Border;
import org.convoy.image.geometry.InverseMap;
import org.convoy.tensor.Shape;

/**
 * Brings the picture to another size, in training as in evaluation; nothing is random. Together
 * with what comes after it pixels are interpolated once; where all pictures only need a smaller
 * size, {@code data.resize} does it once for all epochs.
 *
 * @param size of the result in pixels
 * @param fit what happens to pictures of another aspect ratio
 */
public record Resize(ImageSize size, @Default("\"crop\"") ImageResizer.Fit fit)
    implements GeometricAugmentation {
  @Override
  public Shape outputShape(Shape image) {
    return Shape.of(image.size(0), size.height(), size.width());
  }

  @Override
  public InverseMap draw(DrawContext context, Shape image) {
    return neutral(image);
  }

  @Override
  public InverseMap neutral(Shape image) {
    double rows = image.size(1) / (double) size.height();
    double columns = image.size(2) / (double) size.width();
    double both =
        switch (fit) {
          case STRETCH -> 0;
          case CROP -> Math.min(rows, columns);
          case PAD -> Math.max(rows, columns);
        };
    double down = both == 0 ? rows : both;
    double right = both == 0 ? columns : both;
    return new AffineMap(
        down,
        0,
        (image.size(1) - 1) / 2.0 - down * (size.height() - 1) / 2.0,
        0,
        right,
        (image.size(2) - 1) / 2.0 - right * (size.width() - 1) / 2.0);
  }

  @Override
  public Border border() {
    return fit == ImageResizer.Fit.PAD ? Border.ZERO : Border.EDGE;
  }

  @Override
  public String words(DrawContext context, Shape image) {
    return String.format(Locale.ROOT, "resized to %s", size);
  }
}
