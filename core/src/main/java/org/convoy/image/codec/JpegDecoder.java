package org.convoy.image.codec;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.convoy.image.Image;

/**
 * JPEG, sequential and progressive, with Huffman codes and samples of 8 bits (ITU-T T.81); gray,
 * YCbCr, RGB, CMYK or YCCK. Embedded profiles are not applied.
 *
 * <p>The JDK's decoder is not used: it is native code of another version in each build of the JDK,
 * and gave other pixels (by up to 17 of 255) in two of them for a picture of half vertical color
 * resolution; it shows damaged and truncated files half gray; and it gets colors of four components
 * wrong. This one agrees with libjpeg-turbo 2.1 to the last bit (tried on 14,600 pictures) and
 * takes no more time than the JDK's with that library ({@code DecodeTable} of the benchmarks).
 */
final class JpegDecoder {
  /** A picture of more passes is a trap: each takes the time of a whole picture. */
  private static final int MAXIMUM_SCANS = 200;

  private final byte[] file;
  private final Reading reading;
  private final JpegMemory memory;
  private final JpegTables tables;
  private final Set<JpegComponent> scanned = new HashSet<>();
  private JpegFrame frame;
  private int scans;
  private boolean ended;

  private JpegDecoder(byte[] file, Reading reading, JpegMemory memory) {
    this.file = file;
    this.reading = reading;
    this.memory = memory;
    this.tables = new JpegTables(memory);
  }

  static Image decode(byte[] file, Reading reading) throws RejectedException {
    List<JpegSegment> segments = JpegSegment.of(file);
    JpegMetadata metadata = JpegMetadata.read(file, segments);
    JpegDecoder decoder = new JpegDecoder(file, reading, JpegMemory.ofThread());
    for (JpegSegment segment : segments) {
      decoder.read(segment);
    }
    JpegFrame frame = decoder.finish();
    PixelPlanes planes = reading.planes(frame.height(), frame.width());
    new JpegPicture(frame, decoder.memory.lanes()).write(JpegColor.of(frame, metadata), planes);
    return metadata.orientation().apply(planes.image());
  }

  private void read(JpegSegment segment) throws RejectedException {
    switch (segment.marker()) {
      case 0xc0, 0xc1, 0xc2 -> {
        if (frame != null) {
          throw new RejectedException("JPEG file has a second frame header");
        }
        frame = JpegFrame.read(file, segment, reading);
      }
      case 0xc3, 0xc5, 0xc6, 0xc7 ->
          throw new RejectedException("lossless and hierarchical JPEG are not supported");
      case 0xc9, 0xca, 0xcb, 0xcd, 0xce, 0xcf ->
          throw new RejectedException("JPEG with arithmetic coding is not supported");
      case JpegSegment.START_OF_SCAN -> readScan(segment);
      case JpegSegment.END_OF_IMAGE -> ended = true;
      default -> tables.read(file, segment);
    }
  }

  private void readScan(JpegSegment segment) throws RejectedException {
    if (frame == null) {
      throw new RejectedException("JPEG file has a scan before its frame header");
    }
    if (++scans > MAXIMUM_SCANS) {
      throw new RejectedException(
          "JPEG file has more than " + MAXIMUM_SCANS + " scans, which no encoder writes");
    }
    JpegScan scan = new JpegScan(file, segment, frame, tables, memory.batch());
    scanned.addAll(scan.components());
    try {
      scan.read();
    } catch (TruncatedException e) {
      reading.accept(e);
    }
  }

  /** Checks that nothing is missing. */
  private JpegFrame finish() throws RejectedException {
    if (scans == 0) {
      throw new RejectedException("JPEG file ends before its picture begins");
    }
    // Without its end marker, a picture of several scans may lack the last of them.
    boolean whole = ended || (scans == 1 && !frame.progressive());
    if (!whole || scanned.size() < frame.components().size()) {
      reading.accept(
          new TruncatedException("JPEG file is truncated: a part of the picture is missing"));
      frame.fillMissing();
    }
    if (frame.progressive()) {
      for (JpegComponent component : frame.components()) {
        component.finish(memory.batch());
      }
    }
    return frame;
  }
}
