package org.convoy.spark.run;

import java.io.IOException;
import java.util.Locale;
import java.util.Optional;
import org.apache.hadoop.fs.Path;
import org.convoy.backend.Backends;
import org.convoy.filter.ImageFilter;
import org.convoy.filter.SignedValues;
import org.convoy.image.Image;
import org.convoy.image.codec.PictureDecoder;
import org.convoy.spark.storage.Storage;
import org.convoy.tensor.Tensor;

/**
 * Passes a kernel over a picture file and writes what it answers as a picture.
 *
 * @param gray whether brightness is filtered, instead of each color by itself
 * @param shown how answers become pixels; what suits the kernel unless given
 * @param scale by which answers are multiplied before they are shown; what shows 99 of 100 of them
 *     unless given
 */
public record FilterRun(
    ImageFilter filter, boolean gray, Optional<SignedValues> shown, Optional<Double> scale) {

  /**
   * @throws IllegalArgumentException if the scale is not above 0
   */
  public FilterRun {
    if (scale.isPresent() && !(scale.get() > 0 && scale.get() <= Float.MAX_VALUE)) {
      throw new IllegalArgumentException("the scale must be above 0, got " + scale.get());
    }
  }

  /**
   * Reads, filters, writes.
   *
   * @return what was done, for whoever looks at the picture
   * @throws org.convoy.spark.input.InputException if the picture cannot be read, or the result has
   *     no place
   */
  public String execute(Storage storage, String from, String to) throws IOException {
    PictureFiles files = new PictureFiles(storage);
    Path target = files.target(to, from);
    Image image = files.read(from, gray ? PictureDecoder.ofGray() : PictureDecoder.ofColor());
    Tensor answers = filter.apply(image, Backends.best());
    SignedValues how = shown.orElseGet(() -> SignedValues.suitedTo(filter.kernel()));
    double factor = scale.orElseGet(() -> how.fittingScale(answers));
    files.write(target, how.show(answers, factor));
    return String.format(
        Locale.ROOT,
        "%s, %dx%d, %s, border %s, on a picture of %s%nanswers of %s, shown as %s",
        filter.kernel(),
        filter.kernel().height(),
        filter.kernel().width(),
        filter.form().name().toLowerCase(Locale.ROOT),
        filter.border().name().toLowerCase(Locale.ROOT),
        image.shape(),
        range(answers),
        formula(how, factor));
  }

  private static String range(Tensor values) {
    float smallest = Float.POSITIVE_INFINITY;
    float largest = Float.NEGATIVE_INFINITY;
    for (int i = 0; i < values.size(); i++) {
      smallest = Math.min(smallest, values.data()[values.offset() + i]);
      largest = Math.max(largest, values.data()[values.offset() + i]);
    }
    return String.format(Locale.ROOT, "%.4g to %.4g", smallest, largest);
  }

  private static String formula(SignedValues how, double scale) {
    String scaled = scale == 1 ? "" : String.format(Locale.ROOT, " * %.4g", scale);
    return switch (how) {
      case CLIP -> "v" + scaled + ", cut off at 0 and 255";
      case ABSOLUTE -> "|v|" + scaled;
      case OFFSET -> "128 + v" + scaled;
    };
  }
}
