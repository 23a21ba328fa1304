package org.convoy.image.codec;

import java.awt.image.DataBufferByte;
import java.awt.image.Raster;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import javax.imageio.ImageReader;
import javax.imageio.stream.MemoryCacheImageInputStream;
import org.convoy.image.Image;

/**
 * JPEG by the JDK's reader, of which only the samples are used: colors are converted here (JFIF
 * 1.02 for YCbCr; Adobe's inverted CMYK and YCCK), since the JDK gets those of four components
 * wrong and lets embedded profiles change the others.
 */
final class JpegDecoder {
  /** A picture of more passes is a trap: each takes the time of a whole picture. */
  private static final int MAXIMUM_SCANS = 200;

  private JpegDecoder() {}

  static Image decode(byte[] file, int channels, PixelLimit limit) throws RejectedException {
    JpegHeader header = JpegHeader.read(file);
    limit.check(header.width(), header.height());
    int components = header.components().size();
    if (components != 1 && components != 3 && components != 4) {
      throw new RejectedException("JPEG with " + components + " components is not supported");
    }
    if (header.scans() > MAXIMUM_SCANS) {
      throw new RejectedException(
          "JPEG file has " + header.scans() + " scans; at most " + MAXIMUM_SCANS + " are accepted");
    }
    if (!header.complete()) {
      throw new RejectedException("JPEG file is truncated: a part of the picture is missing");
    }
    byte[] samples = readSamples(file, header);
    PixelPlanes planes = new PixelPlanes(channels, header.height(), header.width());
    JpegColor.of(header).convert(samples, header.height() * header.width(), planes);
    return header.orientation().apply(planes.image());
  }

  /** Components of each pixel side by side, row by row. */
  private static byte[] readSamples(byte[] file, JpegHeader header) throws RejectedException {
    List<String> warnings = new ArrayList<>();
    ImageReader reader = JdkReaders.create("jpeg");
    try {
      reader.addIIOReadWarningListener((source, warning) -> warnings.add(warning));
      reader.setInput(new MemoryCacheImageInputStream(new ByteArrayInputStream(file)), true, true);
      Raster raster = reader.readRaster(0, null);
      for (String warning : warnings) {
        if (isDamage(warning, header)) {
          throw new RejectedException("JPEG file is damaged: " + warning);
        }
      }
      byte[] samples = ((DataBufferByte) raster.getDataBuffer()).getData();
      int expected = header.height() * header.width() * header.components().size();
      if (samples.length != expected) {
        throw new RejectedException(
            "JPEG decoder gave " + samples.length + " samples, expected " + expected);
      }
      return samples;
    } catch (IOException | RuntimeException e) {
      throw new RejectedException("JPEG file cannot be decoded: " + e.getMessage(), e);
    } finally {
      reader.dispose();
    }
  }

  /** A missing end is none if the picture is whole, and neither is junk before it. */
  private static boolean isDamage(String warning, JpegHeader header) {
    if (warning.contains("extraneous bytes before marker")) {
      return !header.junk();
    }
    return warning.startsWith("Corrupt JPEG data") || warning.startsWith("Inconsistent progress");
  }
}
