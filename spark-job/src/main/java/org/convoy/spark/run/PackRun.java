package org.convoy.spark.run;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.apache.hadoop.fs.Path;
import org.apache.spark.api.java.JavaSparkContext;
import org.convoy.spark.config.JobOptions;
import org.convoy.spark.input.BadImagesException;
import org.convoy.spark.input.ImagePreparation;
import org.convoy.spark.input.ImageSet;
import org.convoy.spark.input.ImageSource;
import org.convoy.spark.input.InputException;
import org.convoy.spark.input.PackForm;
import org.convoy.spark.input.PackFormat;
import org.convoy.spark.input.PackedDirectory;
import org.convoy.spark.input.PackedManifest;
import org.convoy.spark.input.PackingMark;
import org.convoy.spark.input.PackingPulse;
import org.convoy.spark.progress.IngestProgress;
import org.convoy.spark.progress.ProgressView;
import org.convoy.spark.storage.OutputDirectory;
import org.convoy.spark.storage.Storage;

/** Packs images into few files that are read fast, with a manifest. */
public final class PackRun {
  private static final String GROUP = "convoy-pack";
  private static final String TRAIN = "train";
  private static final String TEST = "test";

  private final JobOptions options;
  private final Storage storage;
  private final OpenedSources sources;
  private final PackForm form;
  private final PackFormat format;
  private final List<Part> parts = new ArrayList<>();

  /** One source's images, and the folder that they go to; empty for the directory itself. */
  private record Part(String folder, ImageSet images, ImagePreparation preparation, int perFile) {}

  /**
   * What came out.
   *
   * @param folder below the output; empty for the directory itself
   */
  public record Outcome(String folder, PackedManifest manifest, int undecodable) {}

  private PackRun(
      JobOptions options,
      Storage storage,
      OpenedSources sources,
      PackForm form,
      PackFormat format) {
    this.options = options;
    this.storage = storage;
    this.sources = sources;
    this.form = form;
    this.format = format;
  }

  /**
   * Opens the sources, without Spark: {@code source} alone, or both of a recipe for training.
   *
   * @param perFile images a file; what makes files of 64 MB unless given
   * @param view where opening is shown if it takes long
   */
  public static PackRun prepare(
      JobOptions options,
      Storage storage,
      PackForm form,
      PackFormat format,
      OptionalInt perFile,
      ProgressView view)
      throws IOException {
    PackRun run = new PackRun(options, storage, new OpenedSources(storage, view), form, format);
    if (form == PackForm.ORIGINAL && options.data().resize().isPresent()) {
      throw new InputException(
          "data.resize is given, but images are kept as they are; leave it out, or pack pixels or"
              + " png");
    }
    if (options.source().isPresent()) {
      run.add("", options.source().get(), Optional.empty(), perFile);
    } else if (options.data().train().isPresent()) {
      run.add(TRAIN, options.data().train().get(), Optional.empty(), perFile);
      if (options.data().test().isPresent()) {
        run.add(TEST, options.data().test().get(), Optional.of(run.parts.get(0)), perFile);
      }
    } else {
      throw new InputException(
          "there is nothing to pack: name a recipe with data.train, or set source={type=folder,…}");
    }
    return run;
  }

  private void add(String folder, ImageSource source, Optional<Part> before, OptionalInt perFile)
      throws IOException {
    ImageSet images = sources.open(folder.isEmpty() ? "source" : "data." + folder, source);
    if (form == PackForm.ORIGINAL && images.summary().imageShape().isPresent()) {
      throw new InputException(
          String.join(", ", source.locations())
              + ": these images are pixels, and no picture files to be kept; pack pixels or png");
    }
    // What training would do with both sets.
    ImagePreparation preparation =
        before.isPresent()
            ? before.get().preparation()
            : TrainingImages.preparation(images, options.data());
    format.check(form, images.summary().kind());
    if (form == PackForm.PNG && options.data().volume().isPresent()) {
      throw new InputException(
          "volumes are no pictures that PNG could hold; pack pixels, or original files");
    }
    int files =
        perFile.orElse(PackedDirectory.shardImages(form, preparation, images.summary().count()));
    parts.add(new Part(folder, images, preparation, files));
  }

  /** What would be done, a line for each source. */
  public List<String> describe() {
    List<String> lines = new ArrayList<>();
    for (Part part : parts) {
      lines.add(
          String.format(
              Locale.ROOT,
              "%s%,d images of %d classes, as %s%s, %,d a file",
              part.folder().isEmpty() ? "" : part.folder() + ": ",
              part.images().summary().count(),
              part.images().summary().classes().size(),
              form.name().toLowerCase(Locale.ROOT),
              form == PackForm.ORIGINAL ? "" : " " + part.preparation().shape(),
              part.perFile()));
      part.images().summary().notes().forEach(note -> lines.add("  " + note));
    }
    return lines;
  }

  private PackingMark mark(Path directory) {
    return new PackingMark(storage, directory, List.of(TRAIN, TEST));
  }

  /**
   * Deletes what an earlier packing has left in a directory without coming to its end.
   *
   * @param inputs what is read now, which is never deleted
   * @return whether there was any
   * @throws org.convoy.spark.storage.StorageException if the directory holds more than that, or
   *     another packing is at work there
   */
  public boolean clearUnfinished(Path directory, List<Path> inputs) throws IOException {
    return mark(directory).clear(inputs);
  }

  /**
   * Looks whether a directory may be emptied, whatever it holds.
   *
   * @throws org.convoy.spark.storage.StorageException if another packing is at work there
   */
  public void requireUnused(Path directory) throws IOException {
    mark(directory).isAbandoned();
  }

  /**
   * Packs; each part's manifest is written when all its files are there.
   *
   * @param directory empty, and so again if images are refused, but for the list of them
   */
  public List<Outcome> execute(JavaSparkContext spark, OutputDirectory directory, ProgressView view)
      throws IOException {
    PackingMark mark = mark(directory.path());
    mark.set();
    spark.setJobGroup(GROUP, "Convoy: pack");
    PackingPulse pulse = PackingPulse.start(mark, () -> spark.cancelJobGroup(GROUP));
    List<Outcome> outcomes = new ArrayList<>();
    try (pulse) {
      for (Part part : parts) {
        outcomes.add(pack(part, spark, directory, view, mark));
      }
    } catch (InputException e) {
      // Of any other failure tasks may be left that still write; the mark says that they may.
      if (mark.isOwn()) {
        mark.clear(List.of());
        throw listed(e, parts.get(outcomes.size()), directory);
      }
      throw e;
    } catch (IOException | RuntimeException e) {
      pulse.throwIfLost();
      throw e;
    } finally {
      spark.clearJobGroup();
    }
    mark.remove();
    return outcomes;
  }

  /** A refusal; if it is for bad images, they are listed. */
  private static InputException listed(
      InputException refusal, Part part, OutputDirectory directory) {
    String set = part.folder().isEmpty() ? "source" : part.folder();
    return refusal instanceof BadImagesException bad
        ? RunRecords.refused(directory, Map.of(set, bad.images()), bad)
        : refusal;
  }

  private Outcome pack(
      Part part,
      JavaSparkContext spark,
      OutputDirectory directory,
      ProgressView view,
      PackingMark mark)
      throws IOException {
    Path path = part.folder().isEmpty() ? directory.path() : directory.resolve(part.folder());
    storage.createDirectory(path);
    PackedDirectory packing =
        new PackedDirectory(
            storage,
            path,
            part.images(),
            part.preparation(),
            new PackedDirectory.Options(
                form,
                part.perFile(),
                options.data().maxBadImages(),
                options.data().frames(),
                format));
    IngestProgress progress =
        new IngestProgress(
            part.folder().isEmpty() ? "packing" : "packing " + part.folder(),
            part.images().summary().count(),
            view,
            System::nanoTime);
    Map<String, Object> manifest = new LinkedHashMap<>(packing.write(spark, progress, mark::isOwn));
    progress.end();
    manifest.put("createdBy", "Convoy " + Versions.convoy());
    manifest.put("options", described(part.folder()));
    mark.requireOwn();
    storage.writeText(Storage.child(path, PackedManifest.FILE), JsonText.pretty(manifest));
    int undecodable = ((List<?>) manifest.get("quarantine")).size();
    return new Outcome(part.folder(), PackedManifest.read(storage, path), undecodable);
  }

  /** The source, and what of the options has a say in packing. */
  private Map<String, Object> described(String folder) {
    Map<String, Object> all = options.describe();
    Map<String, Object> chosen = new LinkedHashMap<>();
    Map<?, ?> data = (Map<?, ?>) all.get("data");
    chosen.put("source", folder.isEmpty() ? all.get("source") : data.get(folder));
    for (String name :
        List.of(
            "resize",
            "channels",
            "volume",
            "maxPixels",
            "truncated",
            "background",
            "maxBadImages")) {
      if (data.containsKey(name)) {
        chosen.put(name, data.get(name));
      }
    }
    return chosen;
  }
}
