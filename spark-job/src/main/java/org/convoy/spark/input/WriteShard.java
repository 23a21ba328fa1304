package org.convoy.spark.input;

import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.apache.hadoop.fs.Path;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.function.Function2;
import org.convoy.data.Annotation;
import org.convoy.image.Image;
import org.convoy.image.codec.PngEncoder;
import org.convoy.spark.storage.Storage;

/**
 * Writes the images of a partition to a file, which gets its name when it is whole: a task that
 * runs twice writes the same bytes twice.
 */
final class WriteShard
    implements Function2<Integer, Iterator<EncodedImage>, Iterator<ShardReport>> {
  private static final long serialVersionUID = 1L;

  private final Storage storage;
  private final String directory;
  private final PackForm form;
  private final PackFormat format;
  private final Annotation.Kind kind;
  private final List<String> classes;
  private final ImagePreparation preparation;

  WriteShard(
      Storage storage,
      Path directory,
      PackForm form,
      PackFormat format,
      ImageSetSummary summary,
      ImagePreparation preparation) {
    this.storage = storage;
    this.directory = directory.toString();
    this.form = form;
    this.format = format;
    this.kind = summary.kind();
    this.classes = summary.classes();
    this.preparation = preparation;
  }

  static String name(int shard, PackFormat format) {
    return String.format(Locale.ROOT, "part-%05d.%s", shard, format.ending());
  }

  @Override
  public Iterator<ShardReport> call(Integer shard, Iterator<EncodedImage> images)
      throws IOException {
    String name = name(shard, format);
    Path temporary =
        Storage.child(
            new Path(directory), "." + name + "." + TaskContext.get().taskAttemptId() + ".tmp");
    Shard written = new Shard();
    Path file =
        storage.writeNamed(
            temporary,
            out -> {
              written.write(images, out);
              return name;
            });
    return List.of(written.report(name, storage.status(file).getLen())).iterator();
  }

  /** What is in a file so far. */
  private final class Shard {
    private final long[] imagesOfClass = new long[classes.size()];
    private final PixelSums pixels = new PixelSums(preparation.shape().size(0));
    private final List<UndecodableImage> undecodable = new ArrayList<>();
    private long count;

    void write(Iterator<EncodedImage> images, OutputStream out) throws IOException {
      try (PackedWriter table = writer(out)) {
        while (images.hasNext()) {
          add(images.next(), table);
          count++;
        }
      }
    }

    private PackedWriter writer(OutputStream out) throws IOException {
      return switch (format) {
        case PARQUET -> new PackedTable(out, kind, classes);
        case SEQUENCE_FILE -> new PackedRecords(out, storage.configuration(), classes);
      };
    }

    private void add(EncodedImage encoded, PackedWriter table) throws IOException {
      KeyedImage image =
          form == PackForm.ORIGINAL ? preparation.decode(encoded) : preparation.prepare(encoded);
      Optional<Image> picture = image.result().picture();
      byte[] content = picture.map(decoded -> content(encoded, decoded)).orElse(null);
      String problem = image.result().problem();
      table.add(image.id(), image.key(), image.annotation(), content, problem);
      if (picture.isPresent()) {
        pixels.add(picture.get());
        for (int label : image.annotation().classes()) {
          imagesOfClass[label]++;
        }
      } else {
        undecodable.add(bad(image, problem, /* used= */ false));
      }
      if (picture.isPresent() && !image.result().note().isEmpty()) {
        undecodable.add(bad(image, image.result().note(), /* used= */ true));
      }
    }

    private UndecodableImage bad(KeyedImage image, String reason, boolean used) {
      return new UndecodableImage(
          image.id(),
          image.key(),
          image.annotation(),
          image.bytes(),
          reason,
          image.result().exception(),
          used);
    }

    private byte[] content(EncodedImage encoded, Image picture) {
      return switch (form) {
        case PIXELS -> picture.toArray();
        case PNG -> PngEncoder.encode(picture);
        case ORIGINAL -> encoded.content();
      };
    }

    ShardReport report(String name, long bytes) {
      return new ShardReport(name, count, bytes, imagesOfClass, pixels, undecodable);
    }
  }
}
