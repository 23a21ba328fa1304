package org.convoy.spark.input;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.apache.hadoop.fs.Path;
import org.convoy.data.Annotation;
import org.convoy.description.Json;
import org.convoy.spark.storage.Storage;
import org.convoy.tensor.Shape;

/**
 * What a directory of packed images holds: the file {@code _manifest.json} in it, which is written
 * last. Without it the directory is not whole.
 *
 * @param summary of the images, as of a source
 * @param pixelShape channels x height x width, if images are kept as pixels
 * @param format what files there are
 * @param shards the files, in the order of their images
 * @param means of each channel, where white is 1
 * @param deviations standard deviation of each channel, where white is 1
 */
public record PackedManifest(
    ImageSetSummary summary,
    Optional<Shape> pixelShape,
    PackFormat format,
    List<Shard> shards,
    List<Double> means,
    List<Double> deviations) {
  /** Its name. */
  public static final String FILE = "_manifest.json";

  private static final String FORMAT = "convoy-images";
  private static final String FILES = "files";

  /** What Parquet files have; version 2 says what files there are. */
  private static final long FIRST_VERSION = 1;

  private static final long VERSION = 2;
  private static final int MAXIMUM_BYTES = 1 << 28;

  /**
   * One file.
   *
   * @param file its name
   * @param images in it, unreadable ones too
   * @param bytes its length
   */
  public record Shard(String file, long images, long bytes) {}

  public PackedManifest {
    shards = List.copyOf(shards);
    means = List.copyOf(means);
    deviations = List.copyOf(deviations);
  }

  /** First entries of every manifest. */
  static void begin(Map<String, Object> manifest, PackFormat format) {
    manifest.put("format", FORMAT);
    manifest.put("version", format == PackFormat.PARQUET ? FIRST_VERSION : VERSION);
    manifest.put(FILES, format.toString());
  }

  /** How a kind of annotation is written. */
  static String written(Annotation.Kind kind) {
    return kind.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /**
   * Reads that of a directory.
   *
   * @throws InputException if there is none, or it is of a later version
   */
  public static PackedManifest read(Storage storage, Path directory) throws IOException {
    Path file = Storage.child(directory, FILE);
    if (!storage.exists(file)) {
      throw new InputException(
          String.format(
              "%s holds no %s: it was not packed by convoy pack, or packing did not come to its"
                  + " end; pack it again",
              directory, FILE));
    }
    String text = new String(storage.read(file, MAXIMUM_BYTES), StandardCharsets.UTF_8);
    try {
      return parse(Json.parseObject(text), file);
    } catch (IllegalArgumentException e) {
      throw new InputException(file + " cannot be read: " + e.getMessage());
    }
  }

  private static PackedManifest parse(Map<String, Object> manifest, Path file)
      throws InputException {
    if (!FORMAT.equals(manifest.get("format"))) {
      throw new InputException(file + " is no manifest of packed images");
    }
    if (number(manifest, "version") > VERSION) {
      throw new InputException(
          String.format(
              "%s has version %d, this program reads up to %d: use a newer one",
              file, number(manifest, "version"), VERSION));
    }
    Optional<Shape> shape =
        Optional.ofNullable(manifest.get("imageShape"))
            .map(written -> Shape.parse(written.toString()));
    ImageSetSummary summary =
        new ImageSetSummary(
            number(manifest, "images"),
            kind(manifest),
            texts(manifest, "classes"),
            shape,
            manifest.get("fingerprint").toString(),
            texts(manifest, "notes"));
    List<Shard> shards = new ArrayList<>();
    for (Object entry : list(manifest, "shards")) {
      Map<String, Object> shard = Json.asObject(entry);
      shards.add(
          new Shard(shard.get("file").toString(), number(shard, "images"), number(shard, "bytes")));
    }
    boolean pixels = "pixels".equals(manifest.get("form"));
    return new PackedManifest(
        summary,
        pixels ? shape : Optional.empty(),
        format(manifest),
        shards,
        numbers(manifest, "mean"),
        numbers(manifest, "std"));
  }

  private static PackFormat format(Map<String, Object> manifest) {
    Object name = manifest.getOrDefault(FILES, PackFormat.PARQUET.toString());
    for (PackFormat format : PackFormat.values()) {
      if (format.toString().equals(name)) {
        return format;
      }
    }
    throw new IllegalArgumentException("unknown kind of files " + name);
  }

  private static Annotation.Kind kind(Map<String, Object> manifest) {
    for (Annotation.Kind kind : Annotation.Kind.values()) {
      if (written(kind).equals(manifest.get("annotation"))) {
        return kind;
      }
    }
    throw new IllegalArgumentException("unknown annotation " + manifest.get("annotation"));
  }

  private static long number(Map<String, Object> manifest, String name) {
    if (manifest.get(name) instanceof Number number) {
      return number.longValue();
    }
    throw new IllegalArgumentException(
        "'" + name + "' should be a number, got " + manifest.get(name));
  }

  private static List<?> list(Map<String, Object> manifest, String name) {
    if (manifest.get(name) instanceof List<?> list) {
      return list;
    }
    throw new IllegalArgumentException(
        "'" + name + "' should be a list, got " + manifest.get(name));
  }

  private static List<String> texts(Map<String, Object> manifest, String name) {
    return list(manifest, name).stream().map(String::valueOf).toList();
  }

  private static List<Double> numbers(Map<String, Object> manifest, String name) {
    return list(manifest, name).stream().map(value -> ((Number) value).doubleValue()).toList();
  }
}
