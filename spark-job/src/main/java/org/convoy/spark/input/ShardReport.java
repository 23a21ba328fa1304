package org.convoy.spark.input;

import java.io.Serializable;
import java.util.List;

/** What the driver hears of a shard of packed images. */
final class ShardReport implements Serializable {
  private static final long serialVersionUID = 1L;

  private final String file;
  private final long images;
  private final long bytes;
  private final long[] imagesOfClass;
  private final PixelSums pixels;
  private final List<UndecodableImage> undecodable;

  /**
   * @param images in the file, unreadable ones too
   * @param bytes of the file
   * @param undecodable images without a picture, or with a part of it, in the order of ids
   */
  ShardReport(
      String file,
      long images,
      long bytes,
      long[] imagesOfClass,
      PixelSums pixels,
      List<UndecodableImage> undecodable) {
    this.file = file;
    this.images = images;
    this.bytes = bytes;
    this.imagesOfClass = imagesOfClass;
    this.pixels = pixels;
    this.undecodable = undecodable;
  }

  String file() {
    return file;
  }

  long images() {
    return images;
  }

  long bytes() {
    return bytes;
  }

  long imagesOfClass(int label) {
    return imagesOfClass[label];
  }

  PixelSums pixels() {
    return pixels;
  }

  List<UndecodableImage> undecodable() {
    return undecodable;
  }
}
