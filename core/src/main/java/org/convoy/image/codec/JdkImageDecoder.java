package org.convoy.image.codec;

import org.convoy.image.DecodeResult;
import org.convoy.image.Image;
import org.convoy.image.ImageDecoder;

/**
 * Reads JPEG, PNG, GIF (its first frame) and BMP with no library besides the JDK. Pictures are
 * turned upright by their EXIF orientation; color becomes gray and gray becomes color as asked for;
 * transparency is dropped. Nothing of the size that a header asks for is allocated before it is
 * checked.
 *
 * @param channels of the result: 1 (gray) or 3 (red, green, blue)
 * @param maximumPixels how many pixels a picture may have
 */
public record JdkImageDecoder(int channels, long maximumPixels) implements ImageDecoder {
  /** 64 million, three bytes each. */
  public static final long DEFAULT_MAXIMUM_PIXELS = 64_000_000;

  /** A picture of three channels is one array, which has fewer than 2^31 bytes. */
  private static final long LARGEST_MAXIMUM_PIXELS = Integer.MAX_VALUE / 4;

  public JdkImageDecoder {
    if (channels != 1 && channels != 3) {
      throw new IllegalArgumentException("channels must be 1 or 3, got " + channels);
    }
    if (maximumPixels < 1 || maximumPixels > LARGEST_MAXIMUM_PIXELS) {
      throw new IllegalArgumentException(
          "maximumPixels must be in 1.." + LARGEST_MAXIMUM_PIXELS + ", got " + maximumPixels);
    }
  }

  /** Red, green and blue, with the default limit. */
  public static JdkImageDecoder ofColor() {
    return new JdkImageDecoder(3, DEFAULT_MAXIMUM_PIXELS);
  }

  /** Gray, with the default limit. */
  public static JdkImageDecoder ofGray() {
    return new JdkImageDecoder(1, DEFAULT_MAXIMUM_PIXELS);
  }

  @Override
  public DecodeResult decode(byte[] file) {
    try {
      return new DecodeResult.Decoded(read(file));
    } catch (RejectedException e) {
      return new DecodeResult.Rejected(e.getMessage());
    } catch (RuntimeException e) {
      // A fault of the decoder is no reason to lose a million other pictures.
      return new DecodeResult.Rejected("the decoder failed, please report it: " + e);
    }
  }

  private Image read(byte[] file) throws RejectedException {
    PixelLimit limit = new PixelLimit(maximumPixels);
    return switch (FileKind.of(file)) {
      case JPEG -> JpegDecoder.decode(file, channels, limit);
      case PNG -> PngDecoder.decode(file, channels, limit);
      case GIF -> GifDecoder.decode(file, channels, limit);
      case BMP -> BmpDecoder.decode(file, channels, limit);
      case WEBP -> throw new RejectedException("WebP is not supported; convert it to PNG or JPEG");
      case TIFF -> throw new RejectedException("TIFF is not supported; convert it to PNG or JPEG");
      case EMPTY -> throw new RejectedException("the file is empty");
      case UNKNOWN ->
          throw new RejectedException("the content is no JPEG, PNG, GIF or BMP: " + start(file));
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
