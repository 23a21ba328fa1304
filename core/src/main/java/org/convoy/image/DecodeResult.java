package org.convoy.image;

import java.util.Optional;

/** What became of a file: a picture, or the reason why there is none. */
public sealed interface DecodeResult {
  /**
   * A picture.
   *
   * @param image upright, in the channels that were asked for
   * @param note what its user should know, such as that a part of it is missing; empty if it is
   *     whole
   */
  record Decoded(Image image, String note) implements DecodeResult {
    /** A whole picture. */
    public Decoded(Image image) {
      this(image, "");
    }

    @Override
    public Optional<Image> picture() {
      return Optional.of(image);
    }

    @Override
    public String problem() {
      return "";
    }

    @Override
    public String exception() {
      return "";
    }
  }

  /**
   * No picture.
   *
   * @param reason what is wrong with the file, to be read beside its path
   * @param exception class of the exception that told it; empty if there was none
   */
  record Rejected(String reason, String exception) implements DecodeResult {
    /** Refused by a rule, and not by an exception. */
    public Rejected(String reason) {
      this(reason, "");
    }

    @Override
    public Optional<Image> picture() {
      return Optional.empty();
    }

    @Override
    public String problem() {
      return reason;
    }

    @Override
    public String note() {
      return "";
    }
  }

  /** The picture, if the file could be decoded. */
  Optional<Image> picture();

  /** The reason if it could not; else empty. */
  String problem();

  /** Class of the exception that was the reason; empty if there was none. */
  String exception();

  /** What the user of a picture should know; empty if nothing. */
  String note();
}
