package org.convoy.image.codec;

import java.util.Arrays;
import org.convoy.image.Image;

/**
 * Frames of a GIF file (CompuServe, "Graphics Interchange Format, version 89a", 1990), in their
 * places on the screen that the file asks for, each over what the one before leaves. What no frame
 * covers, and transparent pixels, show the background that was asked for and not the file's.
 */
final class GifDecoder {
  /** A code of 12 bits stands for at most 4096 pixels. */
  private static final long MAXIMUM_RATIO = 2731;

  private static final int HAS_PALETTE = 0x80;
  private static final int INTERLACED = 0x40;
  private static final int TRANSPARENT = 1;
  private static final int EXTENSION = 0x21;
  private static final int FRAME = 0x2c;
  private static final int TRAILER = 0x3b;
  private static final int CONTROL = 0xf9;
  private static final int RESTORE_BACKGROUND = 2;
  private static final int RESTORE_PREVIOUS = 3;
  private static final int OPAQUE = 0xff000000;
  private static final int[] STRAIGHT = {0, 1};

  /** First row and row step of each pass of an interlaced frame. */
  private static final int[] PASSES = {0, 8, 4, 8, 2, 4, 1, 2};

  private final byte[] file;
  private final Reading reading;
  private int position;
  private int[] palette = new int[0];
  private int width;
  private int height;

  /** 0xffRRGGBB of each pixel of the screen, 0 where nothing was drawn. */
  private int[] screen = new int[0];

  /** What the control block before a frame says: index that is not drawn, what comes after. */
  private int unseen = -1;

  private int disposal;

  /** 0xRRGGBB of each index of the frame that is read. */
  private int[] colors = new int[0];

  /** A frame's place on the screen. */
  private record Frame(int left, int top, int width, int height, boolean interlaced) {}

  private GifDecoder(byte[] file, Reading reading) {
    this.file = file;
    this.reading = reading;
  }

  /** The first frame. */
  static Image decode(byte[] file, Reading reading) throws RejectedException {
    GifDecoder decoder = new GifDecoder(file, reading);
    decoder.readScreen(/* frames= */ 1);
    decoder.draw(decoder.readFrame());
    PixelPlanes planes = reading.planes(decoder.height, decoder.width);
    decoder.show(planes, 0);
    return planes.image();
  }

  /**
   * So many frames, taken evenly from all of them: of each channel one plane after another.
   *
   * @param wanted at least 1; if there are fewer, some are repeated
   */
  static Image decodeFrames(byte[] file, int wanted, Reading reading) throws RejectedException {
    int count = new GifDecoder(file, reading).countFrames();
    GifDecoder decoder = new GifDecoder(file, reading);
    decoder.readScreen(wanted);
    PixelPlanes planes = reading.planes(wanted * decoder.height, decoder.width);
    int next = 0;
    for (int frame = 0; frame < count && next < wanted; frame++) {
      Frame place = decoder.readFrame();
      int codes = decoder.position;
      int[] before = decoder.disposal == RESTORE_PREVIOUS ? decoder.screen.clone() : null;
      decoder.draw(place);
      for (; next < wanted && EvenSample.index(next, wanted, count) == frame; next++) {
        decoder.show(planes, next * decoder.height * decoder.width);
      }
      decoder.dispose(place, before);
      decoder.position = codes + 1;
      decoder.skipBlocks();
    }
    return Image.of(planes.channels() * wanted, decoder.height, decoder.width, planes.pixels());
  }

  private void readScreen(int frames) throws RejectedException {
    position = 6;
    width = number();
    height = number();
    int flags = next();
    position += 2;
    palette = (flags & HAS_PALETTE) == 0 ? new int[0] : readPalette(flags);
    int start = position;
    findFrame();
    int left = number();
    int top = number();
    int frameWidth = number();
    int frameHeight = number();
    reading.check(frameWidth, frameHeight);
    width = Math.max(width, left + frameWidth);
    height = Math.max(height, top + frameHeight);
    reading.check(width, height, frames);
    long pixels = (long) width * height;
    if (pixels > file.length * MAXIMUM_RATIO) {
      throw new RejectedException(
          "GIF header says " + pixels + " pixels, more than " + file.length + " bytes can hold");
    }
    screen = new int[width * height];
    position = start;
  }

  /** Goes to the next frame and reads its description. */
  private Frame readFrame() throws RejectedException {
    unseen = -1;
    disposal = 0;
    findFrame();
    int left = number();
    int top = number();
    int frameWidth = number();
    int frameHeight = number();
    reading.check(frameWidth, frameHeight);
    int flags = next();
    colors = (flags & HAS_PALETTE) == 0 ? palette : readPalette(flags);
    return new Frame(left, top, frameWidth, frameHeight, (flags & INTERLACED) != 0);
  }

  /** How many frames there are; those that a truncated file breaks off in count, if accepted. */
  private int countFrames() throws RejectedException {
    readScreen(/* frames= */ 1);
    int count = 0;
    try {
      // The end marker may be missing.
      while (position < file.length && findFrame()) {
        position += 8;
        int flags = next();
        position += (flags & HAS_PALETTE) == 0 ? 0 : 3 * (2 << (flags & 7));
        next();
        skipBlocks();
        count++;
      }
    } catch (TruncatedException e) {
      reading.accept(e);
    }
    if (count == 0) {
      throw new RejectedException("GIF file has no whole frame");
    }
    return count;
  }

  /** Draws a frame, from the position of its codes, on the screen. */
  private void draw(Frame frame) throws RejectedException {
    int minimumBits = next();
    if (minimumBits < 1 || minimumBits > 8) {
      throw new RejectedException(
          "GIF file is damaged: code size " + minimumBits + ", expected 1 to 8");
    }
    byte[] indexes = new byte[frame.width * frame.height];
    int filled = new GifCodes(file, position, minimumBits).unpack(indexes);
    if (filled < indexes.length) {
      reading.accept(
          new TruncatedException(
              String.format(
                  "GIF file is truncated or damaged: a frame ends in row %d of %d",
                  filled / frame.width, frame.height)));
    }
    int[] passes = frame.interlaced ? PASSES : STRAIGHT;
    int from = 0;
    for (int pass = 0; pass < passes.length; pass += 2) {
      for (int y = passes[pass]; y < frame.height; y += passes[pass + 1], from += frame.width) {
        if (frame.top + y < height) {
          drawRow(frame, indexes, from, Math.min(filled, from + frame.width), frame.top + y);
        }
      }
    }
  }

  private void drawRow(Frame frame, byte[] indexes, int from, int to, int row)
      throws RejectedException {
    int seen = Math.min(to, from + width - frame.left);
    int target = row * width + frame.left;
    for (int i = from; i < seen; i++, target++) {
      int index = indexes[i] & 0xff;
      if (index != unseen) {
        if (index >= colors.length) {
          throw new RejectedException(
              "GIF file is damaged: color " + index + " of a palette of " + colors.length);
        }
        screen[target] = OPAQUE | colors[index];
      }
    }
  }

  /** Clears what a frame leaves behind, as its control block says. */
  private void dispose(Frame frame, int[] before) {
    if (before != null) {
      screen = before;
    } else if (disposal == RESTORE_BACKGROUND) {
      int right = Math.min(width, frame.left + frame.width);
      for (int y = frame.top; y < Math.min(height, frame.top + frame.height); y++) {
        if (frame.left < right) {
          Arrays.fill(screen, y * width + frame.left, y * width + right, 0);
        }
      }
    }
  }

  /** Writes the screen to pixels from an index on. */
  private void show(PixelPlanes planes, int target) {
    for (int i = 0; i < screen.length; i++) {
      int color = screen[i];
      if (color == 0) {
        planes.color(target + i, 0, 0, 0, 0);
      } else {
        planes.color(target + i, color);
      }
    }
  }

  /** Goes behind the mark of the next frame's description; tells whether there is one. */
  private boolean findFrame() throws RejectedException {
    for (int block = next(); block != FRAME; block = next()) {
      if (block == TRAILER) {
        return noFrame();
      } else if (block == EXTENSION) {
        int kind = next();
        if (kind == CONTROL && position + 4 < file.length && file[position] == 4) {
          int flags = file[position + 1];
          disposal = flags >> 2 & 7;
          unseen = (flags & TRANSPARENT) == 0 ? -1 : file[position + 4] & 0xff;
        }
        skipBlocks();
      }
    }
    return true;
  }

  private boolean noFrame() throws RejectedException {
    if (screen.length == 0) {
      throw new RejectedException("GIF file has no frame");
    }
    return false;
  }

  private void skipBlocks() throws TruncatedException {
    for (int length = next(); length > 0; length = next()) {
      position += length;
    }
  }

  private int[] readPalette(int flags) throws RejectedException {
    int[] read = new int[2 << (flags & 7)];
    for (int i = 0; i < read.length; i++) {
      read[i] = next() << 16 | next() << 8 | next();
    }
    return read;
  }

  private int number() throws RejectedException {
    return next() | next() << 8;
  }

  private int next() throws TruncatedException {
    if (position >= file.length) {
      throw new TruncatedException("GIF file is truncated");
    }
    return file[position++] & 0xff;
  }
}
