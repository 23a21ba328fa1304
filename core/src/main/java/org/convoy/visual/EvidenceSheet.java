package org.convoy.visual;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.convoy.image.Image;
import org.convoy.image.ImageChannels;
import org.convoy.image.ImageSize;
import org.convoy.tensor.Tensor;
import org.convoy.visual.ContactSheet.Tile;

/** A picture beside the evidence that a network found in it, class by class. */
public final class EvidenceSheet {
  /** Small pictures are enlarged, in whole steps, to about this height or width. */
  private static final int COMFORTABLE = 252;

  private static final int TILES_PER_CLASS = 3;

  private EvidenceSheet() {}

  /**
   * Evidence for a class.
   *
   * @param name what the class is called
   * @param probability 0..1
   * @param map height x width, nothing below 0, for example of {@link Inspector#evidence}
   */
  public record Evidence(String name, double probability, Tensor map) {}

  /**
   * For each class the picture, the heat map, and the heat map over the picture. Maps are stretched
   * over the whole picture, as the paper does; where layers do not pad, they cover a little less.
   *
   * @param picture what the network saw, gray or color
   */
  public static ContactSheet of(String layer, Image picture, List<Evidence> classes) {
    Image large = enlarged(picture);
    ImageSize size = new ImageSize(large.height(), large.width());
    List<Tile> tiles = new ArrayList<>();
    for (Evidence evidence : classes) {
      Image heat = HeatMap.gray(evidence.map(), size);
      String caption =
          String.format(Locale.ROOT, "%s %.1f %%", evidence.name(), 100 * evidence.probability());
      tiles.add(new Tile(large, "what the network sees"));
      tiles.add(new Tile(HeatMap.colored(heat), caption + largest(evidence.map())));
      tiles.add(new Tile(HeatMap.over(large, heat), caption));
    }
    return new ContactSheet(
        List.of("Grad-CAM at " + layer, "from blue (no evidence for the class) to red (most)"),
        tiles,
        TILES_PER_CLASS);
  }

  private static String largest(Tensor map) {
    float largest = 0;
    for (int i = 0; i < map.size(); i++) {
      largest = Math.max(largest, map.data()[map.offset() + i]);
    }
    return largest == 0 ? ": nothing speaks for it" : ": 0 to " + Brief.of(largest);
  }

  private static Image enlarged(Image picture) {
    int zoom = Math.max(1, COMFORTABLE / Math.max(picture.height(), picture.width()));
    Canvas canvas = new Canvas(picture.height() * zoom, picture.width() * zoom, 0);
    canvas.draw(ImageChannels.convert(picture, 3), 0, 0, zoom);
    return canvas.image();
  }
}
