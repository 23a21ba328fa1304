package org.convoy.image.codec;

import org.convoy.image.Image;

/**
 * The first picture of a TIFF file (Adobe, "TIFF Revision 6.0", 1992): gray, palette, RGB or CMYK
 * of 1 to 16 bits, in strips or tiles, plain or packed by LZW, Deflate or PackBits. Of 16-bit
 * samples the upper byte is taken; alpha is laid on the background; profiles are not applied. JPEG
 * inside is refused.
 */
final class TiffDecoder {
  private final byte[] file;
  private final TiffFile tiff;
  private final TiffLayout layout;
  private final Reading reading;
  private final PixelPlanes planes;

  private final int[] palette;

  private TiffDecoder(byte[] file, TiffFile tiff, TiffLayout layout, Reading reading)
      throws RejectedException {
    this.file = file;
    this.tiff = tiff;
    this.layout = layout;
    this.reading = reading;
    this.planes = reading.planes(layout.height(), layout.width());
    this.palette = layout.photometric() == TiffLayout.PALETTE ? readPalette() : new int[0];
  }

  static Image decode(byte[] file, Reading reading) throws RejectedException {
    TiffFile tiff = TiffFile.read(file);
    TiffLayout layout = TiffLayout.of(tiff, reading);
    layout.checkPieces(file.length);
    long promised = (long) layout.width() * layout.height() * layout.samples() * layout.bits() / 8;
    if (promised > (long) file.length * TiffData.maximumRatio(layout.compression())) {
      reading.accept(
          new TruncatedException(
              String.format(
                  "TIFF file is truncated: its header says %d x %d pixels (width x height), more"
                      + " than %d bytes can hold",
                  layout.width(), layout.height(), file.length)));
    }
    TiffDecoder decoder = new TiffDecoder(file, tiff, layout, reading);
    decoder.planes.clear(0);
    decoder.readPieces();
    return Orientation.of(tiff.value(TiffFile.ORIENTATION, 1)).apply(decoder.planes.image());
  }

  private void readPieces() throws RejectedException {
    boolean tiled = tiff.has(TiffFile.TILE_WIDTH);
    long[] offsets = tiff.values(tiled ? TiffFile.TILE_OFFSETS : TiffFile.STRIP_OFFSETS);
    long[] lengths = tiff.values(tiled ? TiffFile.TILE_BYTES : TiffFile.STRIP_BYTES);
    int count = layout.pieceCount();
    if (offsets.length < count || (lengths.length < count && count > 1)) {
      throw new RejectedException(
          String.format(
              "TIFF file is damaged: %d pieces with %d places and %d lengths",
              count, offsets.length, lengths.length));
    }
    int pieces = layout.piecesAcross() * layout.piecesDown();
    int planesOfSamples = layout.planar() ? layout.samples() : 1;
    byte[][] data = new byte[planesOfSamples][layout.rowBytes() * layout.pieceHeight()];
    for (int piece = 0; piece < pieces; piece++) {
      int top = piece / layout.piecesAcross() * layout.pieceHeight();
      int rows = Math.min(layout.pieceHeight(), layout.height() - top);
      int whole = rows;
      for (int plane = 0; plane < planesOfSamples; plane++) {
        int number = plane * pieces + piece;
        long length = number < lengths.length ? lengths[number] : file.length;
        whole = Math.min(whole, unpack(offsets[number], length, data[plane], rows));
      }
      int left = piece % layout.piecesAcross() * layout.pieceWidth();
      for (int y = 0; y < whole; y++) {
        writeRow(data, y, left, (top + y) * layout.width() + left);
      }
    }
  }

  /** Unpacks a piece; returns how many of its rows are whole. */
  private int unpack(long offset, long length, byte[] data, int rows) throws RejectedException {
    int wanted = rows * layout.rowBytes();
    int from = (int) Math.min(offset, file.length);
    int to = (int) Math.min(offset + length, file.length);
    int filled = TiffData.unpack(layout.compression(), file, from, to, data);
    int whole = Math.min(filled, wanted) / layout.rowBytes();
    if (filled < wanted) {
      reading.accept(
          new TruncatedException(
              String.format(
                  "TIFF file is truncated: a piece of it ends in row %d of %d", whole, rows)));
    }
    for (int y = 0; y < whole && layout.predictor(); y++) {
      TiffData.undoPredictor(
          data,
          y * layout.rowBytes(),
          layout.rowBytes(),
          layout.pieceSamples(),
          layout.bits(),
          tiff.isLittleEndian());
    }
    return whole;
  }

  private void writeRow(byte[][] data, int y, int left, int target) {
    int columns = Math.min(layout.pieceWidth(), layout.width() - left);
    int[] pixel = new int[layout.samples()];
    for (int x = 0; x < columns; x++) {
      for (int s = 0; s < pixel.length; s++) {
        pixel[s] =
            layout.planar() ? sample(data[s], y, x) : sample(data[0], y, x * layout.samples() + s);
      }
      write(pixel, target + x);
    }
  }

  /** A sample in 8 bits; an index as it is. */
  private int sample(byte[] data, int y, int index) {
    int from = y * layout.rowBytes();
    int bits = layout.bits();
    if (bits == 16) {
      return data[from + 2 * index + (tiff.isLittleEndian() ? 1 : 0)] & 0xff;
    } else if (bits == 8) {
      return data[from + index] & 0xff;
    }
    int bit = index * bits;
    int value = data[from + (bit >> 3)] >> (8 - bits - (bit & 7)) & ((1 << bits) - 1);
    return layout.photometric() == TiffLayout.PALETTE ? value : value * 255 / ((1 << bits) - 1);
  }

  private void write(int[] pixel, int target) {
    int color =
        switch (layout.photometric()) {
          case TiffLayout.WHITE_IS_ZERO -> (255 - pixel[0]) * 0x010101;
          case TiffLayout.RGB -> pixel[0] << 16 | pixel[1] << 8 | pixel[2];
          case TiffLayout.PALETTE -> palette[pixel[0]];
          case TiffLayout.INK -> {
            int key = 255 - pixel[3];
            yield share(255 - pixel[0], key) << 16
                | share(255 - pixel[1], key) << 8
                | share(255 - pixel[2], key);
          }
          default -> pixel[0] * 0x010101;
        };
    if (!layout.hasAlpha()) {
      planes.color(target, color);
      return;
    }
    int alpha = pixel[layout.colors()];
    int red = color >> 16 & 0xff;
    int green = color >> 8 & 0xff;
    int blue = color & 0xff;
    if (layout.alpha() == 1 && alpha > 0) {
      red = Math.min(255, (red * 255 + alpha / 2) / alpha);
      green = Math.min(255, (green * 255 + alpha / 2) / alpha);
      blue = Math.min(255, (blue * 255 + alpha / 2) / alpha);
    }
    planes.color(target, red, green, blue, alpha);
  }

  private static int share(int light, int key) {
    return (light * key + 127) / 255;
  }

  private int[] readPalette() throws RejectedException {
    long[] map = tiff.values(TiffFile.COLOR_MAP);
    int count = 1 << layout.bits();
    if (map.length != 3 * count) {
      throw new RejectedException(
          "TIFF palette has " + map.length + " numbers, expected " + 3 * count);
    }
    int[] colors = new int[count];
    for (int i = 0; i < count; i++) {
      colors[i] =
          (int) (map[i] >> 8 << 16 | map[count + i] >> 8 << 8 | map[2 * count + i] >> 8) & 0xffffff;
    }
    return colors;
  }
}
