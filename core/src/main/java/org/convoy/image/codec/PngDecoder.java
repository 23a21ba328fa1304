package org.convoy.image.codec;

import java.nio.ByteBuffer;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import org.convoy.image.Image;

/**
 * PNG, all kinds. Of 16-bit samples the upper byte is taken; alpha and transparent colors are laid
 * on the background. Gamma and profiles are not applied.
 */
final class PngDecoder {
  /** Deflate cannot pack more into a byte. */
  private static final long MAXIMUM_RATIO = 1032;

  /** First row, first column, row step and column step of Adam7's passes. */
  private static final int[][] ADAM7 = {
    {0, 0, 8, 8}, {0, 4, 8, 8}, {4, 0, 8, 4}, {0, 2, 4, 4}, {2, 0, 4, 2}, {0, 1, 2, 2}, {1, 0, 2, 1}
  };

  private static final int[][] STRAIGHT = {{0, 0, 1, 1}};

  private final PngChunks chunks;
  private final PngHeader header;
  private final PngColors colors;
  private final PixelPlanes planes;
  private final Inflater inflater = new Inflater();
  private int nextPiece;

  private PngDecoder(PngChunks chunks, Reading reading) throws RejectedException {
    this.chunks = chunks;
    this.header = chunks.header();
    this.colors = PngColors.of(chunks);
    this.planes = reading.planes(header.height(), header.width());
  }

  static Image decode(byte[] file, Reading reading) throws RejectedException {
    PngChunks chunks = PngChunks.read(file, reading);
    reading.check(chunks.header().width(), chunks.header().height());
    checkData(chunks);
    PngDecoder decoder = new PngDecoder(chunks, reading);
    if (reading.acceptsTruncated()) {
      decoder.planes.clear(0);
    }
    try {
      decoder.readPasses();
    } catch (TruncatedException e) {
      reading.accept(e);
    } catch (DataFormatException e) {
      throw new RejectedException("PNG file is damaged: " + e.getMessage(), e);
    } finally {
      decoder.inflater.end();
    }
    return chunks.orientation().apply(decoder.planes.image());
  }

  /** Refuses a header that promises more than the file can hold. */
  private static void checkData(PngChunks chunks) throws RejectedException {
    PngHeader header = chunks.header();
    long packed = chunks.data().stream().mapToLong(ByteBuffer::remaining).sum();
    long promised = (long) header.height() * header.rowBytes(header.width());
    if (promised > packed * MAXIMUM_RATIO) {
      throw new RejectedException(
          String.format(
              "PNG header says %d x %d pixels (width x height), more than %d bytes of data can hold",
              header.width(), header.height(), packed));
    }
  }

  private void readPasses() throws RejectedException, DataFormatException {
    for (int[] pass : header.interlaced() ? ADAM7 : STRAIGHT) {
      int rows = (header.height() - pass[0] + pass[2] - 1) / pass[2];
      int columns = (header.width() - pass[1] + pass[3] - 1) / pass[3];
      if (rows > 0 && columns > 0) {
        readPass(pass, rows, columns);
      }
    }
    // The checksum comes after the last row; data beyond it is ignored.
    byte[] beyond = new byte[1];
    if (!inflater.finished() && fill(beyond) == 0 && !inflater.finished()) {
      throw new TruncatedException("PNG file is truncated: the end of its pixel data is missing");
    }
  }

  private void readPass(int[] pass, int rows, int columns)
      throws RejectedException, DataFormatException {
    int length = header.rowBytes(columns);
    byte[] row = new byte[length + 1];
    byte[] previous = new byte[length + 1];
    for (int i = 0; i < rows; i++) {
      int filled = fill(row);
      if (filled < row.length) {
        throw new TruncatedException(
            String.format("PNG file is truncated: it ends in row %d of %d", i, rows));
      }
      PngFilter.undo(row, previous, header.pixelBytes());
      int target = (pass[0] + i * pass[2]) * planes.width() + pass[1];
      colors.write(row, columns, planes, target, pass[3]);
      byte[] swap = previous;
      previous = row;
      row = swap;
    }
  }

  /** Unpacks until the array is full or the data ends; returns how many bytes came. */
  private int fill(byte[] into) throws DataFormatException {
    int length = 0;
    while (length < into.length && !inflater.finished()) {
      int count = inflater.inflate(into, length, into.length - length);
      length += count;
      if (count == 0 && !inflater.finished()) {
        if (inflater.needsDictionary() || nextPiece == chunks.data().size()) {
          return length;
        }
        inflater.setInput(chunks.data().get(nextPiece++).duplicate());
      }
    }
    return length;
  }
}
