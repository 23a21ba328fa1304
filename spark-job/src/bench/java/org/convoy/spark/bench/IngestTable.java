package org.convoy.spark.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import org.apache.spark.api.java.JavaSparkContext;
import org.convoy.description.Json;
import org.convoy.spark.input.FolderSource;
import org.convoy.spark.input.ImagePreparation;
import org.convoy.spark.input.ImageSet;
import org.convoy.spark.input.ImageSource;
import org.convoy.spark.input.MaxBadImages;
import org.convoy.spark.input.PackForm;
import org.convoy.spark.input.PackedDirectory;
import org.convoy.spark.input.PackedManifest;
import org.convoy.spark.input.PackedSource;
import org.convoy.spark.storage.Storage;
import org.convoy.tensor.Shape;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * Prints what many small picture files cost against the same images packed: until all are decoded
 * and kept on the executors, which is the first epoch's price, and to go through them once more,
 * which is that of all others. A machine-readable line {@code RESULT {…}} follows each.
 *
 * <p>Phases may run in processes of their own, so that whoever measures can empty the system's file
 * cache between them; this program does not.
 */
@Command(
    name = "IngestTable",
    sortOptions = false,
    mixinStandardHelpOptions = true,
    description = "What many small picture files cost, beside the same images packed.")
public final class IngestTable implements Callable<Integer> {
  private static final int CLASSES = 10;

  /** What can be done. */
  enum Phase {
    WRITE,
    PACK,
    RAW,
    PACKED
  }

  @Option(names = "--images", paramLabel = "N", description = "how many files [20000]")
  private int images = 20_000;

  @Option(names = "--side", paramLabel = "N", description = "pixels, height and width [32]")
  private int side = 32;

  @Option(
      names = "--kind",
      paramLabel = "KIND",
      description = "${COMPLETION-CANDIDATES}, in color [PNG]")
  private SmallPictures.Kind kind = SmallPictures.Kind.PNG;

  @Option(
      names = "--form",
      paramLabel = "FORM",
      description = "how they are packed: ${COMPLETION-CANDIDATES} [PIXELS]")
  private PackForm form = PackForm.PIXELS;

  @Option(
      names = "--at",
      paramLabel = "DIRECTORY",
      description = "where files lie and stay, on any Hadoop file system [a new one, deleted]")
  private String at;

  @Option(
      names = "--phases",
      split = ",",
      paramLabel = "PHASE",
      description = "${COMPLETION-CANDIDATES}, in this order [all]")
  private List<Phase> phases = List.of(Phase.values());

  @Option(names = "--rounds", paramLabel = "N", description = "raw and packed in turns [2]")
  private int rounds = 2;

  @Option(
      names = "--master",
      paramLabel = "URL",
      description = "local[N] or a cluster's, whose executors find these classes [local[2]]")
  private String master = "local[2]";

  @Option(
      names = "--settings",
      paramLabel = "FILE",
      description = "Spark's settings [conf/spark-defaults.conf]")
  private Path settings = Path.of("conf", "spark-defaults.conf");

  @Option(names = "--conf", paramLabel = "KEY=VALUE", description = "another setting of Spark")
  private Map<String, String> conf = new TreeMap<>();

  public static void main(String[] arguments) {
    System.exit(
        new CommandLine(new IngestTable())
            .setCaseInsensitiveEnumValuesAllowed(true)
            .execute(arguments));
  }

  @Override
  public Integer call() throws IOException {
    Optional<Path> temporary =
        at == null ? Optional.of(Files.createTempDirectory("ingest-table")) : Optional.empty();
    try (SparkPlace place = SparkPlace.of(master, settings, conf)) {
      Storage storage = Storage.of(place.context());
      String directory = temporary.map(path -> path.toUri().toString()).orElse(at);
      try {
        measure(place.context(), storage, directory);
      } finally {
        if (temporary.isPresent()) {
          storage.delete(storage.resolve(directory));
        }
      }
    }
    return 0;
  }

  private void measure(JavaSparkContext spark, Storage storage, String directory)
      throws IOException {
    String raw = directory + "/raw";
    String packed = directory + "/packed";
    ImageSource folder = new FolderSource(raw, FolderSource.Labels.FOLDERS);
    if (phases.contains(Phase.WRITE)) {
      long begin = System.nanoTime();
      new SmallPictures(storage, raw, kind, side, CLASSES).write(spark, images);
      print("written", begin);
    }
    if (phases.contains(Phase.PACK)) {
      long begin = System.nanoTime();
      pack(spark, storage, folder, packed);
      print("packed", begin);
    }
    List<IngestRow> rawRows = new ArrayList<>();
    List<IngestRow> packedRows = new ArrayList<>();
    System.out.println(IngestRow.COLUMNS);
    for (int round = 0; round < rounds; round++) {
      if (phases.contains(Phase.RAW)) {
        rawRows.add(show(IngestRow.measure("raw", spark, storage, folder)));
      }
      if (phases.contains(Phase.PACKED)) {
        packedRows.add(show(IngestRow.measure("packed", spark, storage, new PackedSource(packed))));
      }
    }
    for (int round = 0; round < Math.min(rawRows.size(), packedRows.size()); round++) {
      System.out.printf(
          Locale.ROOT,
          "round %d: raw takes %.2f times as long as packed until decoded, %.2f times once more%n",
          round + 1,
          rawRows.get(round).first() / packedRows.get(round).first(),
          rawRows.get(round).again() / packedRows.get(round).again());
    }
  }

  private void pack(JavaSparkContext spark, Storage storage, ImageSource source, String packed)
      throws IOException {
    ImageSet set = source.open(storage);
    ImagePreparation preparation =
        ImagePreparation.exact(
            Shape.of(SmallPictures.CHANNELS, side, side), SmallPictures.MOST_PIXELS);
    org.apache.hadoop.fs.Path directory = storage.resolve(packed);
    storage.createDirectory(directory);
    int perFile = PackedDirectory.shardImages(form, preparation, images);
    Map<String, Object> manifest =
        new PackedDirectory(
                storage,
                directory,
                set,
                preparation,
                new PackedDirectory.Options(form, perFile, MaxBadImages.ofCount(0)))
            .write(spark, done -> {}, () -> true);
    storage.writeText(Storage.child(directory, PackedManifest.FILE), Json.write(manifest));
  }

  private void print(String what, long begin) {
    System.out.printf(
        Locale.ROOT, "%,d files %s in %.1f s%n", images, what, (System.nanoTime() - begin) * 1e-9);
  }

  private static IngestRow show(IngestRow row) {
    System.out.print(row);
    return row;
  }
}
