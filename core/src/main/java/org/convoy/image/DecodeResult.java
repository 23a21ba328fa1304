package org.convoy.image;

import java.util.Optional;

/** What became of a file: a picture, or the reason why there is none. */
public sealed interface DecodeResult {
  /**
   * A picture.
   *
   * @param image upright, in the channels that were asked for
   */
  record Decoded(Image image) implements DecodeResult {
    @Override
    public Optional<Image> picture() {
      return Optional.of(image);
    }

    @Override
    public String problem() {
      return "";
    }
  }

  /**
   * No picture.
   *
   * @param reason what is wrong with the file, to be read beside its path
   */
  record Rejected(String reason) implements DecodeResult {
    @Override
    public Optional<Image> picture() {
      return Optional.empty();
    }

    @Override
    public String problem() {
      return reason;
    }
  }

  /** The picture, if the file could be decoded. */
  Optional<Image> picture();

  /** The reason if it could not; else empty. */
  String problem();
}
