package org.convoy.image.codec;

import com.twelvemonkeys.imageio.plugins.webp.WebPImageReaderSpi;
import java.awt.image.BufferedImage;
import java.awt.image.Raster;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import javax.imageio.ImageReader;
import javax.imageio.stream.MemoryCacheImageInputStream;
import org.convoy.image.Image;

/**
 * WebP, lossy and lossless, with alpha, of an animation the first frame. TwelveMonkeys' reader,
 * which is plain Java, gets the picture alone: profiles are not applied, as the JDK's color
 * management differs between JDKs, and no file is written as a cache. Colors of half resolution are
 * repeated and not interpolated.
 */
final class WebpDecoder {
  /**
   * The reader of lossy pictures allocates some 130 bytes for each pixel, so that fewer of them are
   * accepted than of other kinds.
   */
  private static final int SHARE_OF_LIMIT = 8;

  /** Some uniform pictures pack very well; more than this is a trap. */
  private static final long MAXIMUM_RATIO = 1 << 16;

  private WebpDecoder() {}

  static Image decode(byte[] file, Reading reading) throws RejectedException {
    WebpFile webp = WebpFile.read(file);
    reading.check(webp.canvasWidth(), webp.canvasHeight());
    reading.checkShare(webp.width(), webp.height(), SHARE_OF_LIMIT);
    if ((long) webp.width() * webp.height() > MAXIMUM_RATIO * webp.dataLength()) {
      throw new RejectedException(
          String.format(
              "WebP header says %d x %d pixels (width x height), more than %d bytes can hold",
              webp.width(), webp.height(), webp.dataLength()));
    }
    if (webp.hasPlainAlpha()) {
      throw new RejectedException("WebP with uncompressed alpha is not supported");
    }
    PixelPlanes planes = reading.planes(webp.canvasHeight(), webp.canvasWidth());
    planes.clear(0);
    write(read(webp.alone()), webp, planes);
    return webp.orientation().apply(planes.image());
  }

  private static Raster read(byte[] alone) throws RejectedException {
    ImageReader reader = new WebPImageReaderSpi().createReaderInstance(null);
    try (MemoryCacheImageInputStream in =
        new MemoryCacheImageInputStream(new ByteArrayInputStream(alone))) {
      reader.setInput(in);
      BufferedImage picture = reader.read(0);
      return picture.getRaster();
    } catch (IOException | RuntimeException e) {
      throw new RejectedException("WebP file is truncated or damaged: " + e, e);
    } finally {
      reader.dispose();
    }
  }

  private static void write(Raster raster, WebpFile webp, PixelPlanes planes) {
    int bands = raster.getNumBands();
    int[] row = new int[webp.width() * bands];
    for (int y = 0; y < webp.height(); y++) {
      raster.getPixels(0, y, webp.width(), 1, row);
      int target = (webp.top() + y) * planes.width() + webp.left();
      for (int x = 0; x < webp.width(); x++) {
        int at = x * bands;
        int alpha = bands == 4 ? row[at + 3] : 255;
        planes.color(target + x, row[at], row[at + 1], row[at + 2], alpha);
      }
    }
  }
}
