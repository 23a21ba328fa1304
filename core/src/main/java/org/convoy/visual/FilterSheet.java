package org.convoy.visual;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.convoy.image.Image;
import org.convoy.tensor.Shape;
import org.convoy.tensor.Tensor;
import org.convoy.visual.ContactSheet.Tile;

/**
 * Filters as pictures. Each is shown by itself: gray is 0, and its largest weight, whatever the
 * sign, is white or black (or a pure color). Filters over three channels are shown in color, others
 * a channel at a time.
 */
public final class FilterSheet {
  private static final double ZERO = 127.5;
  private static final int COLOR = 3;

  private FilterSheet() {}

  /**
   * A sheet of a layer's filters.
   *
   * @param weight filters x channels x height x width
   * @param limit most tiles, at least 1
   */
  public static ContactSheet of(String layer, Tensor weight, int limit) {
    Shape shape = weight.shape();
    int step = shape.size(1) == COLOR ? COLOR : 1;
    Shape tile = Shape.of(step, shape.size(2), shape.size(3));
    int count = shape.size(0) * (shape.size(1) / step);
    List<Tile> tiles = new ArrayList<>();
    for (int i = 0; i < Math.min(count, limit); i++) {
      int start = weight.offset() + i * tile.elementCount();
      tiles.add(tile(Tensor.view(weight.data(), start, tile), name(i, shape.size(1) / step)));
    }
    String shown = tiles.size() < count ? ", the first " + tiles.size() + " pictures" : "";
    return new ContactSheet(
        List.of(
            String.format(
                Locale.ROOT,
                "%s: %d filters of %dx%dx%d%s",
                layer,
                shape.size(0),
                shape.size(1),
                shape.size(2),
                shape.size(3),
                shown),
            "gray is 0, each scaled by its largest weight"),
        tiles);
  }

  private static String name(int index, int perFilter) {
    return perFilter == 1 ? index + ":" : index / perFilter + "," + index % perFilter + ":";
  }

  private static Tile tile(Tensor weights, String name) {
    float largest = 0;
    for (int i = 0; i < weights.size(); i++) {
      largest = Math.max(largest, Math.abs(weights.data()[weights.offset() + i]));
    }
    byte[] pixels = new byte[weights.size()];
    for (int i = 0; i < pixels.length; i++) {
      double part = largest == 0 ? 0 : weights.data()[weights.offset() + i] / (double) largest;
      pixels[i] = (byte) Math.rint(ZERO + ZERO * part);
    }
    return new Tile(Image.view(pixels, 0, weights.shape()), name + " " + Brief.of(largest));
  }
}
