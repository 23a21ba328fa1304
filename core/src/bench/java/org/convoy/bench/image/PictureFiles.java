package org.convoy.bench.image;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.convoy.image.Image;
import org.convoy.image.codec.PictureDecoder;

/** A folder's files by their kind: format, resolution of colors, passes, size. */
final class PictureFiles {
  private static final int REWRITTEN = 40;
  private static final int[] SIDES = {64, 256, 1024, 4096, Integer.MAX_VALUE};

  private final PictureDecoder decoder = PictureDecoder.ofColor();
  private final Map<String, List<byte[]>> kinds = new TreeMap<>();

  /** All JPEG and PNG files below a folder that both readers know, and some of them rewritten. */
  static Map<String, List<byte[]>> of(Path folder) throws IOException {
    PictureFiles files = new PictureFiles();
    List<Path> paths;
    try (Stream<Path> walk = Files.walk(folder)) {
      paths = walk.filter(Files::isRegularFile).sorted().toList();
    }
    List<byte[]> known = new ArrayList<>();
    for (Path path : paths) {
      byte[] file = Files.readAllBytes(path);
      if (files.add("", file)) {
        known.add(file);
      }
    }
    int step = Math.max(1, known.size() / REWRITTEN);
    for (int i = 0; i < known.size(); i += step) {
      for (PictureForm form : PictureForm.values()) {
        files.add("rewritten ", form.file(ImageIO.read(new ByteArrayInputStream(known.get(i)))));
      }
    }
    return files.kinds;
  }

  private boolean add(String origin, byte[] file) {
    String form = form(file);
    Image picture = form.isEmpty() ? null : decoder.decode(file).picture().orElse(null);
    if (picture == null || !isKnownToTheJdk(file)) {
      return false;
    }
    int side = Math.max(picture.height(), picture.width());
    int bound = 0;
    while (SIDES[bound] < side) {
      bound++;
    }
    String size = bound < SIDES.length - 1 ? "to " + SIDES[bound] : "larger";
    kinds.computeIfAbsent(origin + form + ", " + size, key -> new ArrayList<>()).add(file);
    return true;
  }

  private static boolean isKnownToTheJdk(byte[] file) {
    try {
      return ImageIO.read(new ByteArrayInputStream(file)) != null;
    } catch (IOException | RuntimeException e) {
      return false;
    }
  }

  /** What the header says; empty if it is neither JPEG nor PNG. */
  private static String form(byte[] file) {
    if (file.length > 4 && file[0] == (byte) 0x89 && file[1] == 'P') {
      return "png";
    }
    if (file.length < 4 || file[0] != (byte) 0xff || file[1] != (byte) 0xd8) {
      return "";
    }
    int at = 2;
    while (at + 9 < file.length) {
      int marker = file[at + 1] & 0xff;
      if (marker >= 0xc0 && marker <= 0xc2) {
        return jpeg(file, at, marker == 0xc2);
      }
      at += 2 + ((file[at + 2] & 0xff) << 8 | (file[at + 3] & 0xff));
    }
    return "";
  }

  private static String jpeg(byte[] file, int at, boolean progressive) {
    int components = file[at + 9] & 0xff;
    String passes = progressive ? "progressive" : "baseline";
    int factors = at + 11 < file.length ? file[at + 11] & 0xff : 0;
    String colors =
        components == 3 ? String.format("%dx%d", factors >> 4, factors & 15) : components + " c.";
    return String.format(Locale.ROOT, "jpeg %s %s", colors, passes);
  }
}
