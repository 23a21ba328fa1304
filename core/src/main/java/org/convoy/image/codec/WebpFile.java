package org.convoy.image.codec;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * The container of a WebP file (RFC 9649, section 2): finds the first picture in it, its place on
 * the canvas, and its orientation. Lengths are checked against the file before anything is read.
 */
final class WebpFile {
  private static final int RIFF_HEADER = 12;
  private static final int CHUNK_HEADER = 8;
  private static final int FRAME_HEADER = 16;
  private static final int ALPHA_FLAG = 0x10;
  private static final int LOSSLESS_SIGNATURE = 0x2f;

  private final ByteBuffer file;
  private int canvasWidth;
  private int canvasHeight;
  private int left;
  private int top;
  private int width;
  private int height;
  private ByteBuffer alpha;
  private ByteBuffer data;
  private boolean lossless;
  private Orientation orientation = Orientation.UPRIGHT;

  private WebpFile(byte[] file) {
    this.file = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
  }

  static WebpFile read(byte[] bytes) throws RejectedException {
    WebpFile webp = new WebpFile(bytes);
    webp.readChunks(RIFF_HEADER, bytes.length);
    if (webp.data == null) {
      throw new RejectedException("WebP file has no picture");
    }
    webp.readSize();
    return webp;
  }

  private void readChunks(int from, int to) throws RejectedException {
    int at = from;
    while (at + CHUNK_HEADER <= to) {
      String type = new String(file.array(), at, 4, StandardCharsets.ISO_8859_1);
      int length = file.getInt(at + 4);
      int body = at + CHUNK_HEADER;
      if (length < 0 || length > to - body) {
        throw new TruncatedException("WebP file is truncated in its chunk " + type.trim());
      }
      readChunk(type, body, length);
      at = body + length + (length & 1);
    }
  }

  private void readChunk(String type, int body, int length) throws RejectedException {
    switch (type) {
      case "VP8X" -> {
        require(length >= 10, type);
        canvasWidth = 1 + triple(body + 4);
        canvasHeight = 1 + triple(body + 7);
      }
      case "ANMF" -> {
        require(length >= FRAME_HEADER, type);
        if (data == null) {
          left = 2 * triple(body);
          top = 2 * triple(body + 3);
          readChunks(body + FRAME_HEADER, body + length);
        }
      }
      case "ALPH" -> alpha = alpha == null ? slice(body, length) : alpha;
      case "VP8 ", "VP8L" -> {
        if (data == null) {
          data = slice(body, length);
          lossless = type.equals("VP8L");
        }
      }
      case "EXIF" -> {
        boolean named =
            length > 6
                && new String(file.array(), body, 6, StandardCharsets.ISO_8859_1)
                    .equals("Exif\0\0");
        orientation = Orientation.read(file.array(), named ? body + 6 : body, body + length);
      }
      default -> {
        // Nothing that changes pixels: color profiles are not applied.
      }
    }
  }

  /** The picture's own header (RFC 6386, 9.1; RFC 9649, 3.4). */
  private void readSize() throws RejectedException {
    if (lossless) {
      require(data.remaining() >= 5 && data.get(0) == LOSSLESS_SIGNATURE, "VP8L");
      int bits = data.getInt(1);
      width = 1 + (bits & 0x3fff);
      height = 1 + (bits >> 14 & 0x3fff);
    } else {
      require(
          data.remaining() >= 10
              && (data.get(0) & 1) == 0
              && (data.getInt(3) & 0xffffff) == 0x2a019d,
          "VP8");
      width = data.getShort(6) & 0x3fff;
      height = data.getShort(8) & 0x3fff;
    }
    canvasWidth = Math.max(canvasWidth, left + width);
    canvasHeight = Math.max(canvasHeight, top + height);
  }

  private ByteBuffer slice(int from, int length) {
    return ByteBuffer.wrap(file.array(), from, length).slice().order(ByteOrder.LITTLE_ENDIAN);
  }

  private int triple(int at) {
    return (file.getShort(at) & 0xffff) | (file.get(at + 2) & 0xff) << 16;
  }

  private static void require(boolean condition, String type) throws RejectedException {
    if (!condition) {
      throw new RejectedException("WebP file is damaged: impossible header in " + type.trim());
    }
  }

  int canvasWidth() {
    return canvasWidth;
  }

  int canvasHeight() {
    return canvasHeight;
  }

  int left() {
    return left;
  }

  int top() {
    return top;
  }

  int width() {
    return width;
  }

  int height() {
    return height;
  }

  Orientation orientation() {
    return orientation;
  }

  /** Bytes of the picture alone. */
  int dataLength() {
    return data.remaining();
  }

  /** Whether alpha lies beside the picture without compression, which the reader does not know. */
  boolean hasPlainAlpha() {
    return alpha != null && !lossless && alpha.hasRemaining() && (alpha.get(0) & 3) == 0;
  }

  /** A file of this picture alone, without profiles, frames and notes. */
  byte[] alone() {
    boolean extended = alpha != null && !lossless;
    int length = CHUNK_HEADER + data.remaining() + 1;
    if (extended) {
      length += CHUNK_HEADER + 10 + CHUNK_HEADER + alpha.remaining() + 1;
    }
    ByteBuffer out = ByteBuffer.allocate(RIFF_HEADER + length).order(ByteOrder.LITTLE_ENDIAN);
    out.put(latin("RIFF")).putInt(0).put(latin("WEBP"));
    if (extended) {
      out.put(latin("VP8X")).putInt(10).putInt(ALPHA_FLAG);
      putTriple(out, width - 1);
      putTriple(out, height - 1);
      putChunk(out, "ALPH", alpha);
    }
    putChunk(out, lossless ? "VP8L" : "VP8 ", data);
    out.putInt(4, out.position() - 8);
    return Arrays.copyOf(out.array(), out.position());
  }

  private static void putChunk(ByteBuffer out, String type, ByteBuffer body) {
    out.put(latin(type)).putInt(body.remaining()).put(body.duplicate());
    if (body.remaining() % 2 == 1) {
      out.put((byte) 0);
    }
  }

  private static void putTriple(ByteBuffer out, int value) {
    out.put((byte) value).put((byte) (value >> 8)).put((byte) (value >> 16));
  }

  private static byte[] latin(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }
}
