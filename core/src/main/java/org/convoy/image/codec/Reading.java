package org.convoy.image.codec;

import org.convoy.image.DecodeResult;
import org.convoy.image.Image;
import org.convoy.image.RgbColor;
import org.convoy.image.Truncation;

/** One file while it is read: what is asked for, and what was found wrong with it. */
final class Reading {
  private final int channels;
  private final DecodingOptions options;
  private String note = "";

  /**
   * @param channels of the result, 1 or 3
   */
  Reading(int channels, DecodingOptions options) {
    this.channels = channels;
    this.options = options;
  }

  /** Reads a file. */
  @FunctionalInterface
  interface Task {
    Image read(Reading reading) throws RejectedException;
  }

  /** What comes of a file, whatever is wrong with it. */
  DecodeResult result(Task task) {
    try {
      Image image = task.read(this);
      return new DecodeResult.Decoded(image, note);
    } catch (RejectedException e) {
      String cause = e.getCause() == null ? "" : e.getCause().getClass().getName();
      return new DecodeResult.Rejected(e.getMessage(), cause);
    } catch (RuntimeException e) {
      // A fault of the decoder is no reason to lose a million other pictures.
      return new DecodeResult.Rejected(
          "the decoder failed, please report it: " + e, e.getClass().getName());
    }
  }

  int channels() {
    return channels;
  }

  RgbColor background() {
    return options.background();
  }

  /** Checks a header before anything of its size is allocated. */
  void check(int width, int height) throws RejectedException {
    new PixelLimit(options.maximumPixels()).check(width, height);
  }

  /** The same of so many frames or slices, which count together. */
  void check(int width, int height, int frames) throws RejectedException {
    check(width, height);
    if ((long) width * height * frames > options.maximumPixels()) {
      throw new RejectedException(
          String.format(
              "%d frames of %d x %d pixels (width x height) are asked for; at most %d pixels are"
                  + " accepted",
              frames, width, height, options.maximumPixels()));
    }
  }

  /** The same of a kind of picture of which only a part of the limit is accepted. */
  void checkShare(int width, int height, int share) throws RejectedException {
    new PixelLimit(Math.max(1, options.maximumPixels() / share)).check(width, height);
  }

  /** A picture to write to, of the size of a header that was checked. */
  PixelPlanes planes(int height, int width) {
    return new PixelPlanes(channels, height, width, options.background());
  }

  /** Goes on with what is there of a truncated file, if that is asked for. */
  void accept(TruncatedException truncated) throws TruncatedException {
    if (!acceptsTruncated()) {
      throw truncated;
    }
    if (note.isEmpty()) {
      note = truncated.getMessage();
    }
  }

  boolean acceptsTruncated() {
    return options.truncation() == Truncation.ACCEPT;
  }

  /** What was accepted; empty if nothing. */
  String note() {
    return note;
  }
}
