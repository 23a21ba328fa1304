package org.convoy.spark.run;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.apache.hadoop.fs.Path;
import org.convoy.image.Image;
import org.convoy.image.ImageResizer;
import org.convoy.image.ImageSize;
import org.convoy.image.codec.PictureDecoder;
import org.convoy.spark.config.JobOptions;
import org.convoy.spark.config.NetworkOptions;
import org.convoy.spark.input.InputException;
import org.convoy.spark.storage.Storage;
import org.convoy.tensor.Shape;
import org.convoy.visual.AugmentationSheet;
import org.convoy.visual.ContactSheet;

/**
 * Shows what a recipe's augmentations make of a picture, as a sheet of pictures.
 *
 * @param options of the recipe
 * @param size the picture is brought to it before; unless given, to what the recipe says, or else
 *     to the network's usual size
 * @param image id of the picture in the run
 * @param epoch the first one shown
 * @param count how many are shown
 * @param columns tiles side by side, 0 for as many as a screen is wide
 */
public record AugmentationPreview(
    JobOptions options, Optional<ImageSize> size, long image, int epoch, int count, int columns) {
  private static final int COLOR = 3;

  /**
   * Reads the picture and writes the sheet.
   *
   * @param from where the picture lies
   * @param to where the sheet goes, a name that ends in .png
   * @return what was done, for whoever reads it
   * @throws IOException if there is no such picture, it cannot be decoded, or the sheet has no
   *     place
   * @throws org.convoy.tensor.ShapeException if the augmentations do not fit the picture
   */
  public List<String> execute(Storage storage, String from, String to) throws IOException {
    if (options.data().volume().isPresent()) {
      throw new InputException(
          "the recipe's images are volumes (data.volume), and a sheet shows pictures; set"
              + " data.volume=null to see what its augmentations make of one");
    }
    PictureFiles files = new PictureFiles(storage);
    Path target = files.target(to, from);
    Image decoded = files.read(from, new PictureDecoder(channels(), options.data().maxPixels()));
    Optional<ImageResizer> resizer = resizer();
    resizer.ifPresent(this::requireModest);
    Image picture = resizer.map(wanted -> wanted.resize(decoded)).orElse(decoded);
    AugmentationSheet.Draws draws =
        new AugmentationSheet.Draws(options.seed(), image, epoch, count);
    ContactSheet sheet = AugmentationSheet.of(picture, options.pipeline(), draws, columns);
    files.write(target, sheet.draw());
    List<String> lines = new ArrayList<>();
    if (!picture.shape().equals(decoded.shape())) {
      lines.add(
          String.format(
              Locale.ROOT,
              "picture resized from %dx%d to %dx%d (height x width)",
              decoded.height(),
              decoded.width(),
              picture.height(),
              picture.width()));
    }
    for (ContactSheet.Tile tile : sheet.tiles().subList(1, sheet.tiles().size())) {
      lines.add(tile.caption().replaceFirst("\n", ": ").replace("\n", ", "));
    }
    return lines;
  }

  private int channels() {
    return options.data().channels().orElse(usualInput().map(shape -> shape.size(0)).orElse(COLOR));
  }

  private Optional<ImageResizer> resizer() {
    return size.map(wanted -> new ImageResizer(wanted, fit()))
        .or(() -> options.data().resize())
        .or(() -> usualInput().map(AugmentationPreview::middle));
  }

  /** A sheet has all pictures at once. */
  private void requireModest(ImageResizer resizer) {
    long pixels = (long) resizer.size().height() * resizer.size().width() * (count + 1L);
    if (pixels > options.data().maxPixels()) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "a sheet of %,d pictures of %dx%d would have %,d pixels, and data.maxPixels is %,d;"
                  + " ask for fewer (--count), or smaller ones (--size)",
              count + 1L,
              resizer.size().height(),
              resizer.size().width(),
              pixels,
              options.data().maxPixels()));
    }
  }

  private ImageResizer.Fit fit() {
    return options.data().resize().map(ImageResizer::fit).orElse(ImageResizer.Fit.CROP);
  }

  private static ImageResizer middle(Shape shape) {
    return new ImageResizer(new ImageSize(shape.size(1), shape.size(2)), ImageResizer.Fit.CROP);
  }

  /** What the network looks at, if it is a picture. */
  private Optional<Shape> usualInput() {
    return options
        .network()
        .flatMap(NetworkOptions::usualInput)
        .filter(shape -> shape.rank() == 3)
        .filter(shape -> shape.size(0) == 1 || shape.size(0) == COLOR);
  }
}
