package org.convoy.spark.run;

import java.io.IOException;
import java.util.Locale;
import org.apache.hadoop.fs.Path;
import org.convoy.image.DecodeResult;
import org.convoy.image.Image;
import org.convoy.image.ImageDecoder;
import org.convoy.image.codec.PngEncoder;
import org.convoy.spark.input.InputException;
import org.convoy.spark.storage.Storage;

/** Single pictures, read from and written to any Hadoop file system. */
final class PictureFiles {
  /** Longer files are none of pictures that a decoder accepts. */
  private static final int LARGEST_FILE = 1 << 30;

  private final Storage storage;

  PictureFiles(Storage storage) {
    this.storage = storage;
  }

  /**
   * A picture.
   *
   * @throws InputException if there is no such file, or it cannot be decoded; the message names
   *     path and reason
   */
  Image read(String location, ImageDecoder decoder) throws IOException {
    Path path = storage.resolve(location);
    if (!storage.exists(path)) {
      throw new InputException("image " + path + ": there is no such file");
    }
    if (storage.status(path).isDirectory()) {
      throw new InputException("image " + path + " is a directory: name one picture file in it");
    }
    DecodeResult result = decoder.decode(storage.read(path, LARGEST_FILE));
    return result
        .picture()
        .orElseThrow(() -> new InputException("image " + path + ": " + result.problem()));
  }

  /**
   * Where a picture is to be written, replacing a file of that name.
   *
   * @param input what must not be replaced
   * @throws InputException if the name does not end in .png, or is that of a directory or the input
   */
  Path target(String location, String input) throws IOException {
    Path path = storage.resolve(location);
    if (!path.getName().toLowerCase(Locale.ROOT).endsWith(".png")) {
      throw new InputException(
          "the result is a PNG file: expected a name that ends in .png, got " + path);
    }
    if (path.equals(storage.resolve(input))) {
      throw new InputException(path + " is the picture itself: choose another name for the result");
    }
    if (storage.exists(path) && storage.status(path).isDirectory()) {
      throw new InputException(path + " is a directory: choose another name for the result");
    }
    return path;
  }

  void write(Path path, Image image) throws IOException {
    byte[] file = PngEncoder.encode(image);
    storage.write(path, out -> out.write(file));
  }
}
