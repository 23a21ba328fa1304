package org.convoy.spark.input;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.function.LongConsumer;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.convoy.spark.storage.Storage;

/**
 * Writes a set of images to a directory of shards, each a file of consecutive ids: {@link
 * PackedSource} reads it. What the files hold depends on the set and the options alone.
 */
public final class PackedDirectory {
  private static final int SHARD_BYTES = 64 << 20;
  private static final int SHARD_FILES = 2048;
  private static final int FEW_SHARDS = 8;
  private static final int FEW_IMAGES = 256;

  private final Storage storage;
  private final Path directory;
  private final ImageSet set;
  private final ImagePreparation preparation;
  private final Options options;

  /**
   * How images are packed.
   *
   * @param form how each is kept
   * @param shardImages images a file, at least 1
   * @param maxBadImages how many images may be unreadable
   * @param frames planes of each channel: 1, but of volumes
   * @param format what files they go to
   */
  public record Options(
      PackForm form, int shardImages, MaxBadImages maxBadImages, int frames, PackFormat format) {
    public Options {
      if (shardImages < 1) {
        throw new IllegalArgumentException("a shard holds at least 1 image, got " + shardImages);
      }
    }

    /** Of pictures, in Parquet. */
    public Options(PackForm form, int shardImages, MaxBadImages maxBadImages) {
      this(form, shardImages, maxBadImages, 1, PackFormat.PARQUET);
    }
  }

  /**
   * @param directory empty
   * @param preparation of images that are decoded; of original ones, how they are looked at
   */
  public PackedDirectory(
      Storage storage,
      Path directory,
      ImageSet set,
      ImagePreparation preparation,
      Options options) {
    this.storage = storage;
    this.directory = directory;
    this.set = set;
    this.preparation = preparation;
    this.options = options;
  }

  /** Images a file: 64 MB of pixels, or 2,048 files as they are; but few images make 8 shards. */
  public static int shardImages(PackForm form, ImagePreparation preparation, long images) {
    int full =
        form == PackForm.ORIGINAL
            ? SHARD_FILES
            : Math.max(1, SHARD_BYTES / preparation.shape().elementCount());
    long few = Math.max(FEW_IMAGES, (images + FEW_SHARDS - 1) / FEW_SHARDS);
    return (int) Math.min(full, few);
  }

  /** Number of files. */
  public int shards() {
    long count = set.summary().count();
    return Math.toIntExact((count + options.shardImages() - 1) / options.shardImages());
  }

  /**
   * Decodes and writes all images, but not the manifest.
   *
   * @param progress hears the number of images so far
   * @param mayClear whether the directory is still ours, and to be emptied if this fails
   * @return what the manifest is to say, but for who asked for it
   * @throws InputException a {@link BadImagesException} if more images than allowed cannot be
   *     decoded or have another size than wanted; the directory is empty again then
   */
  public Map<String, Object> write(
      JavaSparkContext context, LongConsumer progress, BooleanSupplier mayClear)
      throws IOException {
    preparation.check(set);
    options.format().check(options.form(), set.summary().kind());
    JobDescription before =
        JobDescription.set(
            context,
            String.format(
                Locale.ROOT, "Convoy: pack %,d images into %,d files", count(), shards()));
    boolean whole = false;
    try (IngestWatch watch = IngestWatch.on(context, progress)) {
      JavaRDD<EncodedImage> images =
          set.encoded(context, shards()).map(new CountImages(watch.counter()));
      List<ShardReport> reports =
          images
              .mapPartitionsWithIndex(
                  new WriteShard(
                      storage,
                      directory,
                      options.form(),
                      options.format(),
                      set.summary(),
                      preparation),
                  /* preservesPartitioning= */ false)
              .collect();
      check(reports);
      deleteTemporary();
      whole = true;
      return manifest(reports);
    } finally {
      before.restore();
      if (!whole && mayClear.getAsBoolean()) {
        clear();
      }
    }
  }

  private long count() {
    return set.summary().count();
  }

  private void check(List<ShardReport> reports) throws InputException {
    List<UndecodableImage> undecodable = undecodable(reports);
    BadImages.requireFew(
        options.maxBadImages(),
        count(),
        undecodable.stream().filter(image -> !image.used()).count(),
        () -> undecodable);
  }

  private static List<UndecodableImage> undecodable(List<ShardReport> reports) {
    return reports.stream().flatMap(report -> report.undecodable().stream()).toList();
  }

  /** Of tasks that were run twice. */
  private void deleteTemporary() throws IOException {
    for (FileStatus file : storage.list(directory)) {
      String name = file.getPath().getName();
      if (name.startsWith(".part-") && name.endsWith(".tmp")) {
        storage.delete(file.getPath());
      }
    }
  }

  private void clear() throws IOException {
    deleteTemporary();
    for (int shard = 0; shard < shards(); shard++) {
      storage.delete(Storage.child(directory, WriteShard.name(shard, options.format())));
    }
  }

  private Map<String, Object> manifest(List<ShardReport> reports) {
    ImageSetSummary summary = set.summary();
    PixelSums planes = new PixelSums(preparation.shape().size(0));
    reports.forEach(report -> planes.add(report.pixels()));
    PixelSums pixels = planes.ofChannels(options.frames());
    Map<String, Object> manifest = new LinkedHashMap<>();
    PackedManifest.begin(manifest, options.format());
    manifest.put("images", count());
    manifest.put("form", options.form().name().toLowerCase(Locale.ROOT));
    if (options.form() != PackForm.ORIGINAL) {
      manifest.put("imageShape", preparation.shape().toString());
    }
    manifest.put("annotation", PackedManifest.written(summary.kind()));
    manifest.put("classes", summary.classes());
    manifest.put("imagesOfClass", imagesOfClass(reports, summary.classes().size()));
    manifest.put("mean", pixels.means());
    manifest.put("std", pixels.deviations());
    manifest.put("pixels", pixels.pixels());
    manifest.put("sums", pixels.sums());
    manifest.put("sumsOfSquares", pixels.squares());
    manifest.put("fingerprint", fingerprint());
    manifest.put("sourceFingerprint", summary.fingerprint());
    manifest.put("notes", summary.notes());
    manifest.put("shards", reports.stream().map(PackedDirectory::describe).toList());
    manifest.put(
        "quarantine", undecodable(reports).stream().map(UndecodableImage::describe).toList());
    return manifest;
  }

  private String fingerprint() {
    return new Fingerprint()
        .add(set.summary().fingerprint())
        .add(options.form().name())
        .add(options.form() == PackForm.ORIGINAL ? "" : preparation.shape().toString())
        .add(preparation.describe())
        .finish();
  }

  private static List<Long> imagesOfClass(List<ShardReport> reports, int classes) {
    List<Long> counts = new ArrayList<>();
    for (int label = 0; label < classes; label++) {
      int number = label;
      counts.add(reports.stream().mapToLong(report -> report.imagesOfClass(number)).sum());
    }
    return counts;
  }

  private static Map<String, Object> describe(ShardReport shard) {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("file", shard.file());
    map.put("images", shard.images());
    map.put("bytes", shard.bytes());
    return map;
  }
}
