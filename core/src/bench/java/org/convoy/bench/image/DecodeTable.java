package org.convoy.bench.image;

import com.sun.management.ThreadMXBean;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.MemoryCacheImageInputStream;
import org.convoy.image.Image;
import org.convoy.image.codec.PictureDecoder;

/**
 * Time of decoding on one core, a line for each kind of file in a folder: ours from bytes to an
 * {@code Image}, in turns with the JDK's reader, which is reused. Counts processor time, so that a
 * busy machine disturbs it little.
 */
public final class DecodeTable {
  private static final String USAGE =
      """
      usage: DecodeTable [SECONDS [FOLDER [PATTERN...]]]

      SECONDS   processor time for each kind, after as much to warm up [2]
      FOLDER    whose JPEG and PNG files are read; some are also written again in other forms
                [the odd pictures of core's tests]
      PATTERN   only kinds whose name contains one of these, in whatever case
      """;
  private static final String ODD = "core/src/test/resources/org/convoy/image/codec";
  private static final long TURN = 20_000_000;
  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  private final ImageReader jpeg = ImageIO.getImageReadersByFormatName("jpeg").next();
  private final ImageReader png = ImageIO.getImageReadersByFormatName("png").next();
  private final PictureDecoder decoder;

  /**
   * JPEG files of one component become one plane and all others three, as with the JDK's reader.
   */
  private DecodeTable(String kind) {
    this.decoder = kind.contains("jpeg 1 c.") ? PictureDecoder.ofGray() : PictureDecoder.ofColor();
  }

  /** Decodes a file; what comes is of no use but that it has to be made. */
  @FunctionalInterface
  private interface Decoding {
    int width(byte[] file) throws IOException;
  }

  public static void main(String[] arguments) throws IOException {
    double seconds;
    try {
      seconds = arguments.length > 0 ? Double.parseDouble(arguments[0]) : 2;
    } catch (NumberFormatException e) {
      System.err.print(USAGE);
      System.exit(2);
      return;
    }
    Path folder = Path.of(arguments.length > 1 ? arguments[1] : ODD);
    List<String> patterns =
        List.of(arguments).stream().skip(2).map(word -> word.toLowerCase(Locale.ROOT)).toList();
    ImageIO.setUseCache(false);
    System.out.printf(
        "%-42s %6s %10s %10s %10s %10s %7s %8s%n",
        "kind", "files", "kB", "pixels", "us ours", "us JDK's", "ratio", "kB made");
    for (Map.Entry<String, List<byte[]>> kind : PictureFiles.of(folder).entrySet()) {
      if (patterns.isEmpty() || patterns.stream().anyMatch(kind.getKey()::contains)) {
        new DecodeTable(kind.getKey()).print(kind.getKey(), kind.getValue(), seconds);
      }
    }
  }

  private void print(String kind, List<byte[]> files, double seconds) throws IOException {
    long pixels = 0;
    long bytes = 0;
    long made = 0;
    for (byte[] file : files) {
      long before = THREADS.getCurrentThreadAllocatedBytes();
      Image image = decoder.decode(file).picture().orElseThrow();
      made += THREADS.getCurrentThreadAllocatedBytes() - before - image.shape().elementCount();
      pixels += (long) image.height() * image.width();
      bytes += file.length;
    }
    measured(files, seconds);
    List<double[]> turns = measured(files, seconds);
    System.out.printf(
        Locale.ROOT,
        "%-42s %6d %10.1f %10d %10.1f %10.1f %7.2f %8.1f%n",
        kind,
        files.size(),
        bytes / 1e3 / files.size(),
        pixels / files.size(),
        median(turns.stream().map(turn -> turn[0]).toList()),
        median(turns.stream().map(turn -> turn[1]).toList()),
        median(turns.stream().map(turn -> turn[0] / turn[1]).toList()),
        made / 1e3 / files.size());
  }

  private static double median(List<Double> values) {
    return values.stream().sorted().toList().get(values.size() / 2);
  }

  /** Microseconds for a file, ours and the JDK's, of each turn; both see the same files. */
  private List<double[]> measured(List<byte[]> files, double seconds) throws IOException {
    List<double[]> turns = new ArrayList<>();
    long end = THREADS.getCurrentThreadCpuTime() + (long) (seconds * 1e9);
    int first = 0;
    while (THREADS.getCurrentThreadCpuTime() < end) {
      long start = THREADS.getCurrentThreadCpuTime();
      int count = 0;
      while (THREADS.getCurrentThreadCpuTime() - start < TURN) {
        decode(files, first + count++, 1, this::ours);
      }
      double ours = time(files, first, count, this::ours);
      turns.add(new double[] {ours, time(files, first, count, this::theirs)});
      first += count;
    }
    return turns;
  }

  private static double time(List<byte[]> files, int first, int count, Decoding decoding)
      throws IOException {
    long start = THREADS.getCurrentThreadCpuTime();
    decode(files, first, count, decoding);
    return (THREADS.getCurrentThreadCpuTime() - start) / 1e3 / count;
  }

  private static void decode(List<byte[]> files, int first, int count, Decoding decoding)
      throws IOException {
    for (int i = first; i < first + count; i++) {
      if (decoding.width(files.get(i % files.size())) == 0) {
        throw new IllegalStateException("a picture without columns");
      }
    }
  }

  private int ours(byte[] file) {
    return decoder.decode(file).picture().orElseThrow().width();
  }

  private int theirs(byte[] file) throws IOException {
    ImageReader reader = file[0] == (byte) 0xff ? jpeg : png;
    reader.setInput(new MemoryCacheImageInputStream(new ByteArrayInputStream(file)), true, true);
    return reader.read(0).getWidth();
  }
}
