package org.convoy.image.codec;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.zip.GZIPInputStream;
import org.convoy.image.Image;

/**
 * A volume of a NIfTI-1 file, packed by gzip or not (Cox et al., "A (sort of) new image data format
 * standard: NIfTI-1", 2004; header nifti1.h), of either byte order: of a series the first volume.
 * Values are {@code slope value + intercept} if the header says so, then brought to 0..255 by the
 * window. The first axis are columns, the second rows, the third slices; the orientation in space
 * is not looked at.
 */
final class NiftiDecoder {
  private static final int HEADER = 348;
  private static final int DIMENSIONS = 40;
  private static final int DATA_TYPE = 70;
  private static final int OFFSET = 108;
  private static final int SLOPE = 112;
  private static final int INTERCEPT = 116;
  private static final int MAGIC = 344;
  private static final int LARGEST_OFFSET = 1 << 20;

  /** Deflate cannot pack more into a byte. */
  private static final long MAXIMUM_RATIO = 1032;

  private final Reading reading;
  private ByteBuffer values = ByteBuffer.allocate(0);
  private Type type = Type.UINT8;
  private double slope;
  private double intercept;

  /** How a value is stored. */
  private enum Type {
    UINT8(2, 1),
    INT16(4, 2),
    INT32(8, 4),
    FLOAT32(16, 4),
    FLOAT64(64, 8),
    INT8(256, 1),
    UINT16(512, 2),
    UINT32(768, 4);

    private final int number;
    private final int bytes;

    Type(int number, int bytes) {
      this.number = number;
      this.bytes = bytes;
    }

    static Type of(int number) throws RejectedException {
      for (Type type : values()) {
        if (type.number == number) {
          return type;
        }
      }
      throw new RejectedException("NIfTI of data type " + number + " is not supported");
    }
  }

  private NiftiDecoder(Reading reading) {
    this.reading = reading;
  }

  /**
   * @return of each channel so many slices, plane after plane; all channels are alike
   */
  static Image decode(byte[] file, VolumeForm form, Reading reading) throws RejectedException {
    boolean packed = FileKind.of(file) == FileKind.GZIP;
    try (InputStream in =
        packed
            ? new GZIPInputStream(new ByteArrayInputStream(file))
            : new ByteArrayInputStream(file)) {
      return new NiftiDecoder(reading).read(in, packed ? MAXIMUM_RATIO : 1, file.length, form);
    } catch (IOException e) {
      throw new RejectedException("NIfTI file is truncated or damaged: " + e.getMessage(), e);
    }
  }

  private Image read(InputStream in, long ratio, int fileBytes, VolumeForm form)
      throws IOException, RejectedException {
    ByteBuffer header = ByteBuffer.wrap(in.readNBytes(HEADER));
    if (header.remaining() < HEADER || header.getInt(MAGIC) != ('n' << 24 | '+' << 16 | '1' << 8)) {
      throw new RejectedException("the content is no NIfTI-1 file of header and data together");
    }
    header.order(header.getInt(0) == HEADER ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN);
    if (header.getInt(0) != HEADER) {
      throw new RejectedException("NIfTI file is damaged: impossible length of its header");
    }
    int axes = header.getShort(DIMENSIONS);
    int width = axis(header, 1, axes);
    int height = axis(header, 2, axes);
    int depth = axis(header, 3, axes);
    if (axes < 2 || axes > 7 || depth < 1) {
      throw new RejectedException("NIfTI file is damaged: " + axes + " axes of depth " + depth);
    }
    reading.check(width, height, depth);
    reading.check(width, height, form.frames());
    type = Type.of(header.getShort(DATA_TYPE));
    slope = header.getFloat(SLOPE);
    intercept = header.getFloat(INTERCEPT);
    if (slope == 0 || !Double.isFinite(slope) || !Double.isFinite(intercept)) {
      slope = 1;
      intercept = 0;
    }
    readValues(in, header, (long) width * height * depth, ratio * fileBytes);
    return image(width, height, depth, form);
  }

  private static int axis(ByteBuffer header, int number, int axes) {
    return number <= axes ? header.getShort(DIMENSIONS + 2 * number) : 1;
  }

  private void readValues(InputStream in, ByteBuffer header, long count, long possible)
      throws IOException, RejectedException {
    long bytes = count * type.bytes;
    float offset = header.getFloat(OFFSET);
    if (!(offset >= HEADER && offset <= LARGEST_OFFSET)) {
      throw new RejectedException("NIfTI file is damaged: its data begins at " + offset);
    }
    if (bytes > possible || bytes > Integer.MAX_VALUE - 8) {
      throw new TruncatedException(
          "NIfTI file is truncated: its header says " + count + " values, more than it can hold");
    }
    in.skipNBytes((int) offset - HEADER);
    byte[] data = new byte[(int) bytes];
    int read = in.readNBytes(data, 0, data.length);
    if (read < data.length) {
      throw new TruncatedException(
          "NIfTI file is truncated: it ends after " + read / type.bytes + " of " + count);
    }
    values = ByteBuffer.wrap(data).order(header.order());
  }

  private double value(int index) {
    double stored =
        switch (type) {
          case UINT8 -> values.get(index) & 0xff;
          case INT8 -> values.get(index);
          case INT16 -> values.getShort(2 * index);
          case UINT16 -> values.getShort(2 * index) & 0xffff;
          case INT32 -> values.getInt(4 * index);
          case UINT32 -> values.getInt(4 * index) & 0xffffffffL;
          case FLOAT32 -> values.getFloat(4 * index);
          case FLOAT64 -> values.getDouble(8 * index);
        };
    return slope * stored + intercept;
  }

  private Image image(int width, int height, int depth, VolumeForm form) {
    double low = Double.POSITIVE_INFINITY;
    double high = Double.NEGATIVE_INFINITY;
    if (form.window().isEmpty()) {
      for (int i = 0; i < width * height * depth; i++) {
        double value = value(i);
        if (Double.isFinite(value)) {
          low = Math.min(low, value);
          high = Math.max(high, value);
        }
      }
    } else {
      low = form.window().get(0);
      high = form.window().get(1);
    }
    int slice = width * height;
    PixelPlanes planes = reading.planes(form.frames() * height, width);
    for (int frame = 0; frame < form.frames(); frame++) {
      int from = EvenSample.index(frame, form.frames(), depth) * slice;
      for (int i = 0; i < slice; i++) {
        planes.gray(frame * slice + i, brightness(value(from + i), low, high));
      }
    }
    return Image.of(planes.channels() * form.frames(), height, width, planes.pixels());
  }

  /** What is no number is black. */
  private static int brightness(double value, double low, double high) {
    double share = (value - low) / (high - low);
    return share > 0 ? (int) (Math.min(share, 1) * 255 + 0.5) : 0;
  }
}
