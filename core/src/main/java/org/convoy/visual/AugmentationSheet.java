package org.convoy.visual;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.convoy.augment.DrawContext;
import org.convoy.augment.PixelPipeline;
import org.convoy.augment.PixelWorkspace;
import org.convoy.image.Image;
import org.convoy.image.ImageResizer;
import org.convoy.image.ImageSize;
import org.convoy.tensor.Shape;

/**
 * What a chain of augmentations makes of one picture in one epoch after another, with what was
 * drawn below each tile, a line for each change. The picture itself comes first, at most as large
 * as the others. Tiles show values before normalization; those beyond black and white are cut off
 * there.
 */
public final class AugmentationSheet {
  private AugmentationSheet() {}

  /**
   * Which draws are shown.
   *
   * @param seed of the run
   * @param image its id in the run
   * @param epoch the first one shown, from 0
   * @param count how many are shown, at least 1
   */
  public record Draws(long seed, long image, int epoch, int count) {
    public Draws {
      if (epoch < 0) {
        throw new IllegalArgumentException("epoch must be at least 0, got " + epoch);
      }
      if (count < 1 || count > 10_000) {
        throw new IllegalArgumentException("count must be in 1..10000, got " + count);
      }
    }
  }

  /** The sheet; {@code columns} tiles side by side, 0 for as many as a screen is wide. */
  public static ContactSheet of(Image image, PixelPipeline pipeline, Draws draws, int columns) {
    PixelPipeline plain = pipeline.withoutNormalization();
    Shape shape = plain.outputShape(image.shape());
    PixelWorkspace workspace = new PixelWorkspace();
    float[] values = new float[shape.elementCount()];
    List<ContactSheet.Tile> tiles = new ArrayList<>();
    tiles.add(
        new ContactSheet.Tile(
            noLarger(image, shape), "original " + image.height() + "x" + image.width()));
    for (int i = 0; i < draws.count(); i++) {
      int epoch = draws.epoch() + i;
      DrawContext context = DrawContext.of(draws.seed(), epoch, draws.image());
      plain.prepare(image.pixels(), image.offset(), image.shape(), context, values, 0, workspace);
      List<String> lines = new ArrayList<>(List.of("epoch " + epoch));
      lines.addAll(plain.words(image.shape(), context));
      tiles.add(new ContactSheet.Tile(picture(values, shape), String.join("\n", lines)));
    }
    return new ContactSheet(List.of(title(shape, draws)), tiles, columns);
  }

  private static String title(Shape shape, Draws draws) {
    return String.format(
        Locale.ROOT,
        "augmented to %dx%d, seed %d, image %d",
        shape.size(1),
        shape.size(2),
        draws.seed(),
        draws.image());
  }

  /** The picture, shrunk if it does not fit into the shape. */
  private static Image noLarger(Image image, Shape shape) {
    double rows = image.height() / (double) shape.size(1);
    double columns = image.width() / (double) shape.size(2);
    double factor = Math.max(1, Math.max(rows, columns));
    int height = (int) Math.max(1, Math.rint(image.height() / factor));
    int width = (int) Math.max(1, Math.rint(image.width() / factor));
    return new ImageResizer(new ImageSize(height, width), ImageResizer.Fit.STRETCH).resize(image);
  }

  private static Image picture(float[] values, Shape shape) {
    byte[] bytes = new byte[values.length];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) Math.max(0, Math.min(255, Math.floor(values[i] * 255f + 0.5f)));
    }
    return Image.view(bytes, 0, shape);
  }
}
