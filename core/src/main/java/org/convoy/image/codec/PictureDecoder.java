package org.convoy.image.codec;

import org.convoy.image.DecodeResult;
import org.convoy.image.Image;
import org.convoy.image.ImageDecoder;

/**
 * Reads JPEG, PNG, GIF (its first frame), BMP, TIFF and WebP, none of them by the JDK's own
 * readers, so that pixels are the same on every JVM. Pictures are turned upright by their EXIF
 * orientation; color becomes gray and gray becomes color as asked for; transparent pixels are laid
 * on a background. Nothing of the size that a header asks for is allocated before it is checked.
 *
 * @param channels of the result: 1 (gray) or 3 (red, green, blue)
 * @param options how files are read
 */
public record PictureDecoder(int channels, DecodingOptions options) implements ImageDecoder {
  public PictureDecoder {
    requireChannels(channels);
  }

  static void requireChannels(int channels) {
    if (channels != 1 && channels != 3) {
      throw new IllegalArgumentException("channels must be 1 or 3, got " + channels);
    }
  }

  /**
   * @param maximumPixels how many pixels a picture may have
   */
  public PictureDecoder(int channels, long maximumPixels) {
    this(channels, DecodingOptions.ofPixels(maximumPixels));
  }

  /** Red, green and blue, with the default options. */
  public static PictureDecoder ofColor() {
    return new PictureDecoder(3, DecodingOptions.DEFAULT);
  }

  /** Gray, with the default options. */
  public static PictureDecoder ofGray() {
    return new PictureDecoder(1, DecodingOptions.DEFAULT);
  }

  @Override
  public DecodeResult decode(byte[] file) {
    return new Reading(channels, options).result(reading -> read(file, reading));
  }

  private static Image read(byte[] file, Reading reading) throws RejectedException {
    return switch (FileKind.of(file)) {
      case JPEG -> JpegDecoder.decode(file, reading);
      case PNG -> PngDecoder.decode(file, reading);
      case GIF -> GifDecoder.decode(file, reading);
      case BMP -> BmpDecoder.decode(file, reading);
      case WEBP -> WebpDecoder.decode(file, reading);
      case TIFF -> TiffDecoder.decode(file, reading);
      case NIFTI, GZIP ->
          throw new RejectedException(
              "the content is no picture but a volume or packed; for"
                  + " volumes set data.volume = {frames = …}");
      case EMPTY -> throw new RejectedException("the file is empty");
      case UNKNOWN ->
          throw new RejectedException(
              "the content is no JPEG, PNG, GIF, BMP, WebP or TIFF: " + start(file));
    };
  }

  private static String start(byte[] file) {
    StringBuilder text = new StringBuilder("it begins with");
    for (int i = 0; i < Math.min(8, file.length); i++) {
      text.append(String.format(" %02x", file[i]));
    }
    return text.toString();
  }
}
