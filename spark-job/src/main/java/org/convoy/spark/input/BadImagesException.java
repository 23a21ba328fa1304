package org.convoy.spark.input;

import java.util.List;
import java.util.Locale;

/** More images of a set cannot be used than its reader allows; they are known by then. */
public final class BadImagesException extends InputException {
  private static final long serialVersionUID = 1L;

  private final List<UndecodableImage> images;
  private final long count;

  /**
   * @param images those that cannot be used, or only in part; in the order of ids, if all of them
   *     are known
   * @param count how many cannot be used
   */
  BadImagesException(String problem, List<UndecodableImage> images, long count) {
    super(problem);
    this.images = List.copyOf(images);
    this.count = count;
  }

  /** What a list of bad images would have if the run went on; of very many, only some. */
  public List<UndecodableImage> images() {
    return images;
  }

  /** The same refusal, which also says where the images are listed. */
  public BadImagesException listedIn(String place) {
    long listed = images.stream().filter(image -> !image.used()).count();
    String which = listed == count ? "all" : String.format(Locale.ROOT, "%,d", listed);
    BadImagesException refusal =
        new BadImagesException(
            getMessage() + "\n" + which + " of them are listed in " + place, images, count);
    refusal.initCause(this);
    return refusal;
  }
}
