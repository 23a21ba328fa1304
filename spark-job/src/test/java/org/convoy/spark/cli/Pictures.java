package org.convoy.spark.cli;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.imageio.ImageIO;

/** Picture files for tests. */
final class Pictures {
  private Pictures() {}

  /** A gray picture whose pixels grow brighter to the lower right. */
  static void writePng(Path file, int height, int width) throws IOException {
    Files.createDirectories(file.getParent());
    BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_BYTE_GRAY);
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        image.getRaster().setSample(x, y, 0, (x + y) * 255 / (height + width));
      }
    }
    ImageIO.write(image, "png", file.toFile());
  }
}
