package org.convoy.image.codec;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32;

/**
 * The chunks of a PNG file that matter for pixels. Chunks that may be ignored are, with whatever
 * they hold: no text is unpacked.
 *
 * @param header the first chunk
 * @param palette 0xRRGGBB of each index that the file defines
 * @param transparency of each index its alpha, or the samples of the color that is not seen
 * @param data the compressed pixels, in pieces
 * @param orientation by EXIF
 */
record PngChunks(
    PngHeader header,
    List<Integer> palette,
    List<Integer> transparency,
    List<ByteBuffer> data,
    Orientation orientation) {
  private static final int SIGNATURE = 8;
  private static final int FRAME = 12;

  PngChunks {
    palette = List.copyOf(palette);
    transparency = List.copyOf(transparency);
    data = List.copyOf(data);
  }

  static PngChunks read(byte[] file, Reading reading) throws RejectedException {
    return new Reader(file, reading).read();
  }

  /** The state of going through a file. */
  private static final class Reader {
    private final byte[] file;
    private final Reading reading;
    private final List<ByteBuffer> data = new ArrayList<>();
    private PngHeader header;
    private List<Integer> palette = List.of();
    private List<Integer> transparency = List.of();
    private Orientation orientation = Orientation.UPRIGHT;

    Reader(byte[] file, Reading reading) {
      this.file = file;
      this.reading = reading;
    }

    PngChunks read() throws RejectedException {
      ByteBuffer rest = ByteBuffer.wrap(file).position(SIGNATURE);
      String type = "";
      while (rest.remaining() >= FRAME && !type.equals("IEND")) {
        int length = rest.getInt();
        type = typeAt(file, rest.position());
        if (length < 0 || length > rest.remaining() - 8) {
          readCutOff(type, rest.position() + 4);
          break;
        }
        int from = rest.position() + 4;
        rest.position(from + length + 4);
        readChunk(type, from, ByteBuffer.wrap(file, from, length).slice());
      }
      if (header == null) {
        throw new RejectedException("PNG file is truncated before its header");
      }
      // A missing end is no harm if the pixels are all there, which their reader will notice.
      return new PngChunks(header, palette, transparency, data, orientation);
    }

    /** Takes what there is of pixels, if that is asked for. */
    private void readCutOff(String type, int from) throws RejectedException {
      reading.accept(new TruncatedException("PNG file is truncated in its chunk " + type));
      if (type.equals("IDAT") && header != null) {
        data.add(ByteBuffer.wrap(file, from, file.length - from).slice());
      }
    }

    private List<Integer> readTransparency(ByteBuffer body) throws RejectedException {
      boolean indexes = header.color() == PngHeader.Color.PALETTE;
      int samples = header.color().samples();
      int expected = indexes ? Math.min(body.remaining(), palette.size()) : 2 * samples;
      if (body.remaining() != expected || header.color().hasAlpha()) {
        throw new RejectedException(
            "PNG file is damaged: its chunk tRNS has " + body.remaining() + " bytes");
      }
      List<Integer> values = new ArrayList<>();
      while (body.hasRemaining()) {
        values.add(indexes ? body.get() & 0xff : body.getShort() & 0xffff);
      }
      return values;
    }

    private void readChunk(String type, int from, ByteBuffer body) throws RejectedException {
      if (header == null && !type.equals("IHDR")) {
        throw new RejectedException("PNG file does not begin with a header but with " + type);
      }
      switch (type) {
        case "IHDR" -> header = PngHeader.read(checked(file, from, body, type));
        case "PLTE" -> palette = readPalette(checked(file, from, body, type));
        case "tRNS" -> transparency = readTransparency(checked(file, from, body, type));
        case "IDAT" -> data.add(checked(file, from, body, type));
        case "eXIf" -> orientation = Orientation.read(file, from, from + body.remaining());
        case "IEND" -> {
          // The caller stops.
        }
        default -> refuseIfCritical(type);
      }
    }
  }

  private static String typeAt(byte[] file, int index) {
    String type = new String(file, index, 4, StandardCharsets.ISO_8859_1);
    return type.chars().allMatch(letter -> letter >= 'A' && letter <= 'z') ? type : "(damaged)";
  }

  private static void refuseIfCritical(String type) throws RejectedException {
    if (type.equals("(damaged)") || Character.isUpperCase(type.charAt(0))) {
      throw new RejectedException("PNG file has an unknown critical chunk " + type);
    }
  }

  private static ByteBuffer checked(byte[] file, int from, ByteBuffer body, String type)
      throws RejectedException {
    CRC32 checksum = new CRC32();
    checksum.update(file, from - 4, body.remaining() + 4);
    int expected = ByteBuffer.wrap(file).getInt(from + body.remaining());
    if ((int) checksum.getValue() != expected) {
      throw new RejectedException("PNG file is damaged: wrong checksum in its chunk " + type);
    }
    return body;
  }

  private static List<Integer> readPalette(ByteBuffer body) throws RejectedException {
    if (body.remaining() % 3 != 0 || body.remaining() > 3 * 256) {
      throw new RejectedException("PNG palette has " + body.remaining() + " bytes");
    }
    List<Integer> colors = new ArrayList<>();
    while (body.hasRemaining()) {
      int red = body.get() & 0xff;
      int green = body.get() & 0xff;
      int blue = body.get() & 0xff;
      colors.add(red << 16 | green << 8 | blue);
    }
    return colors;
  }
}
