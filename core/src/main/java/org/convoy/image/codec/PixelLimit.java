package org.convoy.image.codec;

/** How large a picture may be; checked before anything of its size is allocated. */
record PixelLimit(long pixels) {
  /** JPEG and GIF cannot tell more, and no camera needs it. */
  private static final int MAXIMUM_SIDE = 65_535;

  void check(int width, int height) throws RejectedException {
    if (width < 1 || height < 1) {
      throw new RejectedException(
          "the header says " + width + " x " + height + " pixels (width x height)");
    }
    if (width > MAXIMUM_SIDE || height > MAXIMUM_SIDE || (long) width * height > pixels) {
      throw new RejectedException(
          String.format(
              "the header says %d x %d pixels (width x height); at most %d, and %d on a side, are"
                  + " accepted",
              width, height, pixels, MAXIMUM_SIDE));
    }
  }
}
