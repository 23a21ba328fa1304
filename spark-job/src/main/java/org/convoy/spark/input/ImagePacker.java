package org.convoy.spark.input;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.function.LongConsumer;
import java.util.function.ToIntFunction;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.api.java.function.Function;
import org.apache.spark.storage.StorageLevel;
import org.convoy.data.Chunk;
import org.convoy.data.ShardDealing;
import org.convoy.nn.ClassCounts;

/**
 * Decodes a set of labeled images once and keeps them on the executors in packed chunks, dealt to
 * logical shards by a seed. Which image lies where, and every byte of a chunk, depends on the set
 * and the options, and not on partitions, executors or the order in which tasks end. Chunks are
 * kept where the tasks of their shards will run, as far as there is room.
 *
 * <p>Images are decoded where they are read, and go through one shuffle to their chunks. A chunk
 * that is lost with its executor is built again from the shuffle's files without decoding, as long
 * as they are there.
 */
public final class ImagePacker {
  /** Bad images of a set that is refused, on the driver: some tens of megabytes. */
  private static final long MOST_LISTED = 100_000;

  private final JavaSparkContext context;
  private final ImageSet set;
  private final ImagePreparation preparation;
  private final PackingOptions options;
  private final ShardDealing dealing;
  private final LongConsumer progress;

  private ImagePacker(
      JavaSparkContext context,
      ImageSet set,
      ImagePreparation preparation,
      PackingOptions options,
      LongConsumer progress) {
    this.context = context;
    this.set = set;
    this.preparation = preparation;
    this.options = options;
    this.dealing = options.dealing(set.summary().count());
    this.progress = progress;
  }

  /**
   * Packs a set; returns when all of it is decoded. Close the result to release the executors'
   * memory.
   *
   * @throws InputException if images have no labels; a {@link BadImagesException} if more of them
   *     than the options allow cannot be decoded or have another size than wanted
   */
  public static PackedImages pack(
      JavaSparkContext context, ImageSet set, ImagePreparation preparation, PackingOptions options)
      throws InputException {
    return pack(context, set, preparation, options, images -> {});
  }

  /**
   * {@link #pack(JavaSparkContext, ImageSet, ImagePreparation, PackingOptions)} with a view of how
   * it goes.
   *
   * @param progress hears now and then how many images are read, from a thread of Spark
   */
  public static PackedImages pack(
      JavaSparkContext context,
      ImageSet set,
      ImagePreparation preparation,
      PackingOptions options,
      LongConsumer progress)
      throws InputException {
    if (!set.summary().isLabeled()) {
      throw new InputException("these images have no labels, which training needs");
    }
    preparation.check(set);
    ImagePacker packer = new ImagePacker(context, set, preparation, options, progress);
    String description =
        String.format(
            Locale.ROOT,
            "Convoy: decode %,d images into %,d chunks",
            set.summary().count(),
            packer.dealing.chunkCount());
    JobDescription before = JobDescription.set(context, description);
    try {
      return packer.pack();
    } finally {
      before.restore();
    }
  }

  private PackedImages pack() throws InputException {
    try (ExecutorWatch watch = ExecutorWatch.on(context);
        IngestWatch images = IngestWatch.on(context, progress)) {
      JavaRDD<PackedChunk> chunks = chunks(images);
      return pack(PlacedByShard.place(chunks, dealing, watch::locations));
    }
  }

  private PackedImages pack(JavaRDD<PackedChunk> placed) throws InputException {
    JavaRDD<PackedChunk> packed =
        placed.setName("Convoy: packed images").persist(StorageLevel.MEMORY_AND_DISK());
    try {
      List<ChunkReport> reports = packed.mapPartitions(new ChunkReport.Write()).collect();
      check(packed, reports);
      JavaRDD<Chunk> chunks = packed.map(new ChunkOf());
      chunks.setName("Convoy: chunks");
      return new PackedImages(
          packed,
          chunks,
          new PackedImages.Summary(
              dealing,
              preparation.shape(),
              set.summary(),
              sum(reports, ChunkReport::images),
              classCounts(reports),
              undecodable(packed, reports, Long.MAX_VALUE),
              contentHash(reports)));
    } catch (InputException | RuntimeException e) {
      packed.unpersist(/* blocking= */ true);
      throw e;
    }
  }

  private JavaRDD<PackedChunk> chunks(IngestWatch watch) {
    return set.encoded(context, options.partitions())
        .map(new CountImages(watch.counter()))
        .mapPartitions(new PrepareImages(preparation))
        .mapPartitionsToPair(new DealImages(dealing))
        .partitionBy(new ChunkPartitioner(dealing.chunkCount()))
        .mapPartitionsWithIndex(
            new BuildChunk(dealing, preparation.shape()), /* preservesPartitioning= */ true);
  }

  private void check(JavaRDD<PackedChunk> packed, List<ChunkReport> reports) throws InputException {
    long count = set.summary().count();
    BadImages.requireFew(
        options.maxBadImages(),
        count,
        sum(reports, ChunkReport::undecodable),
        () -> undecodable(packed, reports, MOST_LISTED));
  }

  /**
   * What is left out, or used only in part, in the order of ids.
   *
   * @param most when that many are there, the other chunks are not asked
   */
  private static List<UndecodableImage> undecodable(
      JavaRDD<PackedChunk> packed, List<ChunkReport> reports, long most) {
    List<Integer> numbers = new ArrayList<>();
    long listed = 0;
    for (int number = 0; number < reports.size() && listed < most; number++) {
      if (reports.get(number).listed() > 0) {
        numbers.add(number);
        listed += reports.get(number).listed();
      }
    }
    if (numbers.isEmpty()) {
      return List.of();
    }
    int[] partitions = numbers.stream().mapToInt(Integer::intValue).toArray();
    List<UndecodableImage> all = new ArrayList<>();
    for (List<UndecodableImage> some :
        packed.mapPartitions(new UndecodableOf()).collectPartitions(partitions)) {
      all.addAll(some);
    }
    all.sort(Comparator.comparingLong(UndecodableImage::id));
    return List.copyOf(all);
  }

  private static long sum(List<ChunkReport> reports, ToIntFunction<ChunkReport> number) {
    return reports.stream().mapToLong(number::applyAsInt).sum();
  }

  private ClassCounts classCounts(List<ChunkReport> reports) {
    List<String> names = set.summary().classes();
    long[] counts = new long[names.size()];
    reports.forEach(report -> report.classes().addTo(counts));
    return new ClassCounts(
        sum(reports, ChunkReport::images), Arrays.stream(counts).boxed().toList(), names);
  }

  private static String contentHash(List<ChunkReport> reports) {
    Fingerprint fingerprint = new Fingerprint();
    reports.forEach(report -> fingerprint.add(report.digest()));
    return fingerprint.finish();
  }

  /** The chunk without what is missing in it. */
  private static final class ChunkOf implements Function<PackedChunk, Chunk> {
    private static final long serialVersionUID = 1L;

    @Override
    public Chunk call(PackedChunk packed) {
      return packed.chunk();
    }
  }

  /** What is missing in chunks. */
  private static final class UndecodableOf
      implements FlatMapFunction<Iterator<PackedChunk>, UndecodableImage> {
    private static final long serialVersionUID = 1L;

    @Override
    public Iterator<UndecodableImage> call(Iterator<PackedChunk> chunks) {
      List<UndecodableImage> all = new ArrayList<>();
      chunks.forEachRemaining(packed -> all.addAll(packed.undecodable()));
      return all.iterator();
    }
  }
}
