package org.convoy.image.codec;

import java.util.Arrays;

/**
 * How the samples of a TIFF file lie, checked.
 *
 * @param bits of a sample: 1, 2, 4, 8 or 16
 * @param samples of a pixel
 * @param planar whether samples lie in planes of their own
 * @param compression by its number in the file
 * @param predictor whether samples are differences to those of the pixel to the left
 * @param photometric what samples mean, by its number in the file
 * @param alpha what the sample after the colors is: 0 nothing, 1 alpha that colors were multiplied
 *     with, 2 alpha
 * @param pieceWidth of a strip or tile in pixels
 * @param pieceHeight of a strip or tile in pixels
 */
record TiffLayout(
    int width,
    int height,
    int bits,
    int samples,
    boolean planar,
    int compression,
    boolean predictor,
    int photometric,
    int alpha,
    int pieceWidth,
    int pieceHeight) {
  static final int WHITE_IS_ZERO = 0;
  static final int BLACK_IS_ZERO = 1;
  static final int RGB = 2;
  static final int PALETTE = 3;
  static final int INK = 5;

  private static final int MAXIMUM_SAMPLES = 8;

  static TiffLayout of(TiffFile tiff, Reading reading) throws RejectedException {
    int width = tiff.value(TiffFile.WIDTH, 0);
    int height = tiff.value(TiffFile.HEIGHT, 0);
    reading.check(width, height);
    boolean tiled = tiff.has(TiffFile.TILE_WIDTH);
    int pieceWidth = tiled ? tiff.value(TiffFile.TILE_WIDTH, 0) : width;
    int pieceHeight =
        tiled
            ? tiff.value(TiffFile.TILE_HEIGHT, 0)
            : rowsPerStrip(tiff.values(TiffFile.ROWS_PER_STRIP), height);
    reading.check(pieceWidth, pieceHeight);
    long[] extra = tiff.values(TiffFile.EXTRA_SAMPLES);
    TiffLayout layout =
        new TiffLayout(
            width,
            height,
            equal(tiff, TiffFile.BITS),
            tiff.value(TiffFile.SAMPLES, 1),
            tiff.value(TiffFile.PLANAR, 1) == 2,
            tiff.value(TiffFile.COMPRESSION, 1),
            tiff.value(TiffFile.PREDICTOR, 1) != 1,
            tiff.value(TiffFile.PHOTOMETRIC, BLACK_IS_ZERO),
            extra.length == 0 ? 0 : (int) extra[0],
            pieceWidth,
            pieceHeight);
    layout.check(tiff);
    return layout;
  }

  private static int rowsPerStrip(long[] values, int height) {
    return values.length == 0 ? height : (int) Math.max(0, Math.min(height, values[0]));
  }

  private static int equal(TiffFile tiff, int tag) throws RejectedException {
    long[] values = tiff.values(tag);
    if (values.length == 0) {
      return 1;
    }
    if (Arrays.stream(values).anyMatch(value -> value != values[0])) {
      throw new RejectedException(
          "TIFF with samples of " + Arrays.toString(values) + " bits is not supported");
    }
    return (int) Math.min(values[0], Integer.MAX_VALUE);
  }

  private void check(TiffFile tiff) throws RejectedException {
    TiffData.maximumRatio(compression);
    int format = tiff.value(TiffFile.SAMPLE_FORMAT, 1);
    if (format != 1 || tiff.value(TiffFile.FILL_ORDER, 1) != 1) {
      throw new RejectedException(
          "TIFF with samples that are no unsigned numbers, or bits backwards, is not supported");
    }
    int predictorKind = tiff.value(TiffFile.PREDICTOR, 1);
    if (predictorKind > 2 || (predictor && bits < 8)) {
      throw new RejectedException(
          "TIFF with predictor " + predictorKind + " of " + bits + " bits is not supported");
    }
    boolean one = photometric == WHITE_IS_ZERO || photometric == BLACK_IS_ZERO;
    boolean possible =
        switch (bits) {
          case 1, 2, 4 -> samples == 1 && (one || photometric == PALETTE);
          case 8 -> one || photometric == RGB || photometric == PALETTE || photometric == INK;
          case 16 -> one || photometric == RGB || photometric == INK;
          default -> false;
        };
    if (!possible
        || samples < colors()
        || samples > MAXIMUM_SAMPLES
        || (photometric == INK && tiff.value(TiffFile.INK_SET, 1) != 1)) {
      throw new RejectedException(
          String.format(
              "TIFF of photometric interpretation %d with %d samples of %d bits is not supported;"
                  + " convert it to PNG",
              photometric, samples, bits));
    }
  }

  /** Refuses pieces that are larger than the picture and than what the file can hold. */
  void checkPieces(int fileBytes) throws RejectedException {
    long bytes = ((long) pieceWidth * pieceHeight * samples * bits + 7) / 8;
    long picture = ((long) width * height * samples * bits + 7) / 8 + (long) height * samples;
    if (bytes > Integer.MAX_VALUE / 2
        || bytes > Math.max(picture, (long) fileBytes * TiffData.maximumRatio(compression))) {
      throw new RejectedException(
          String.format(
              "TIFF header says pieces of %d x %d pixels (width x height), more than %d bytes can"
                  + " hold",
              pieceWidth, pieceHeight, fileBytes));
    }
  }

  /** Samples that are no alpha. */
  int colors() {
    return photometric == RGB ? 3 : photometric == INK ? 4 : 1;
  }

  boolean hasAlpha() {
    return samples > colors() && (alpha == 1 || alpha == 2);
  }

  /** Samples of a pixel within one piece. */
  int pieceSamples() {
    return planar ? 1 : samples;
  }

  int rowBytes() {
    return (int) (((long) pieceWidth * pieceSamples() * bits + 7) / 8);
  }

  int piecesAcross() {
    return (width + pieceWidth - 1) / pieceWidth;
  }

  int piecesDown() {
    return (height + pieceHeight - 1) / pieceHeight;
  }

  int pieceCount() {
    return piecesAcross() * piecesDown() * (planar ? samples : 1);
  }
}
