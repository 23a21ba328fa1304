package org.convoy.image.codec;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;
import javax.imageio.ImageIO;
import org.convoy.image.Image;

/** Test pictures, and ways to compare them. */
final class Pictures {
  private Pictures() {}

  /** A file beside the tests of this package, or among the odd ones there. */
  static byte[] file(String name) throws IOException {
    for (String folder : List.of("", "odd/made/", "odd/pillow/")) {
      Optional<byte[]> file = fileIfPresent(folder + name);
      if (file.isPresent()) {
        return file.get();
      }
    }
    throw new FileNotFoundException(name);
  }

  /** A file beside the tests of this package. */
  static Optional<byte[]> fileIfPresent(String path) throws IOException {
    try (InputStream in = Pictures.class.getResourceAsStream(path)) {
      return in == null ? Optional.empty() : Optional.of(in.readAllBytes());
    }
  }

  /** The picture of a file that must be decodable. */
  static Image decoded(byte[] file, int channels) {
    var result = new PictureDecoder(channels, DecodingOptions.DEFAULT).decode(file);
    assertThat(result.problem()).isEmpty();
    return result.picture().orElseThrow();
  }

  /** Why a file is refused, or an empty text. */
  static String problem(byte[] file) {
    return PictureDecoder.ofColor().decode(file).problem();
  }

  /** The file that the JDK makes of a picture. */
  static byte[] written(BufferedImage picture, String format) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    assertThat(ImageIO.write(picture, format, bytes)).isTrue();
    return bytes.toByteArray();
  }

  /** Mean absolute difference of two pictures of one shape. */
  static double meanDifference(Image a, Image b) {
    assertThat(a.shape()).isEqualTo(b.shape());
    byte[] first = a.toArray();
    byte[] second = b.toArray();
    long sum = 0;
    for (int i = 0; i < first.length; i++) {
      sum += Math.abs((first[i] & 0xff) - (second[i] & 0xff));
    }
    return sum / (double) first.length;
  }

  /** Mean value of one channel. */
  static double mean(Image image, int channel) {
    double sum = 0;
    for (int y = 0; y < image.height(); y++) {
      for (int x = 0; x < image.width(); x++) {
        sum += image.get(channel, y, x);
      }
    }
    return sum / image.height() / image.width();
  }
}
