package org.convoy.visual;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.convoy.image.Image;
import org.convoy.tensor.Shape;
import org.convoy.tensor.Tensor;
import org.convoy.visual.ContactSheet.Tile;

/** Feature maps as pictures, each from its least value, black, to its largest, white. */
public final class FeatureSheet {
  private static final int WHITE = 255;

  private FeatureSheet() {}

  /**
   * A sheet of a layer's maps.
   *
   * @param maps channels x height x width
   * @param limit most tiles, at least 1
   * @throws IllegalArgumentException if there are no such axes
   */
  public static ContactSheet of(String layer, Tensor maps, int limit) {
    Shape shape = maps.shape();
    if (shape.rank() != 3) {
      throw new IllegalArgumentException(
          "layer " + layer + " gives " + shape + ": maps have channels x height x width");
    }
    Shape map = Shape.of(1, shape.size(1), shape.size(2));
    List<Tile> tiles = new ArrayList<>();
    for (int i = 0; i < Math.min(shape.size(0), limit); i++) {
      int start = maps.offset() + i * map.elementCount();
      tiles.add(tile(Tensor.view(maps.data(), start, map), i));
    }
    String shown = tiles.size() < shape.size(0) ? ", the first " + tiles.size() : "";
    return new ContactSheet(
        List.of(
            String.format(
                Locale.ROOT,
                "%s: %d maps of %dx%d%s",
                layer,
                shape.size(0),
                shape.size(1),
                shape.size(2),
                shown),
            "each from its least value (black) to its largest (white)"),
        tiles);
  }

  private static Tile tile(Tensor map, int index) {
    float least = Float.POSITIVE_INFINITY;
    float largest = Float.NEGATIVE_INFINITY;
    for (int i = 0; i < map.size(); i++) {
      float value = map.data()[map.offset() + i];
      least = Math.min(least, value);
      largest = Math.max(largest, value);
    }
    double range = (double) largest - least;
    byte[] pixels = new byte[map.size()];
    for (int i = 0; i < pixels.length && range > 0; i++) {
      pixels[i] = (byte) Math.rint((map.data()[map.offset() + i] - least) / range * WHITE);
    }
    return new Tile(
        Image.view(pixels, 0, map.shape()),
        index + ": " + Brief.of(least) + " to " + Brief.of(largest));
  }
}
