package org.convoy.spark.input;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.hadoop.fs.Path;
import org.convoy.data.MalformedFileException;
import org.convoy.data.cifar.CifarFormat;
import org.convoy.data.cifar.CifarReader;
import org.convoy.spark.storage.Storage;

/** Goes through CIFAR files on the driver, once, and collects all that is wrong. */
final class CifarFiles {
  private final Storage storage;
  private final CifarFormat format;
  private final List<String> classes;
  private final List<String> problems = new ArrayList<>();
  private final Fingerprint fingerprint = new Fingerprint();
  private final long[] imagesOfClass;

  CifarFiles(Storage storage, CifarFormat format, List<String> classes) {
    this.storage = storage;
    this.format = format;
    this.classes = classes.isEmpty() ? ClassNames.numbers(format.classes()) : classes;
    this.imagesOfClass = new long[format.classes()];
  }

  static void checkClasses(GivenClasses classes, CifarFormat format) {
    if (!classes.names().isEmpty() && classes.names().size() != format.classes()) {
      throw new IllegalArgumentException(wrongNumber(classes.names(), format));
    }
  }

  private static String wrongNumber(List<String> names, CifarFormat format) {
    return String.format(
        "%s has %d classes, got %d names: %s",
        format, format.classes(), names.size(), String.join(", ", names));
  }

  ImageSet open(List<String> locations) throws IOException {
    List<Path> files =
        InputFiles.find(storage, "paths", locations, List.of(".bin", ".bin.gz"), problems);
    checkNotMixed(files);
    if (classes.size() != format.classes()) {
      problems.add("classes: " + wrongNumber(classes, format));
    }
    InputException.throwIfAny(problems);
    Map<Path, int[]> labels = new LinkedHashMap<>();
    for (Path file : files) {
      labels.put(file, scan(file));
    }
    long count = labels.values().stream().mapToLong(some -> some.length).sum();
    if (count == 0 && problems.isEmpty()) {
      problems.add(names(files) + ": no image in there");
    }
    InputException.throwIfAny(problems);
    return new ImageSet(
        storage,
        new ImageSetSummary(
            count,
            classes,
            Optional.of(CifarReader.IMAGE),
            fingerprint.finish(),
            ClassNames.notes(classes, imagesOfClass)),
        new Records(format, labels));
  }

  private void checkNotMixed(List<Path> files) {
    if (startsWith(files, "test_") && startsWith(files, "data_")) {
      problems.add(
          String.format(
              "paths: there are training and test images in %s; name one of them, as with %s",
              names(files), new Path(files.get(0).getParent(), "data_batch_*")));
    }
  }

  private static boolean startsWith(List<Path> files, String prefix) {
    return files.stream().anyMatch(file -> file.getName().startsWith(prefix));
  }

  /**
   * @return labels of its images
   */
  private int[] scan(Path file) throws IOException {
    byte[] pixels = new byte[CifarReader.IMAGE.elementCount()];
    GrowingBytes labels = new GrowingBytes();
    try (CifarReader in = CifarReader.open(storage.open(file), file.toString(), format)) {
      while (in.next(pixels, 0)) {
        fingerprint.add(new byte[] {(byte) in.label()}, 0, 1).add(pixels, 0, pixels.length);
        imagesOfClass[in.label()]++;
        labels.add((byte) in.label());
      }
    } catch (MalformedFileException e) {
      problems.add(e.getMessage());
    } catch (FileNotFoundException e) {
      problems.add(file + " cannot be opened: " + e.getMessage());
    }
    return labels.toUnsigned();
  }

  private static String names(List<Path> files) {
    return String.join(", ", files.stream().map(Path::toString).toList());
  }

  /** The images of all files, with their labels. */
  private record Records(CifarFormat format, Map<Path, int[]> labels) implements ImageSet.Slicer {
    @Override
    public ImageSlice slice(long from, long to) {
      List<RecordPart> files = new ArrayList<>();
      labels.forEach((file, some) -> files.add(new RecordPart(file.toString(), some.length)));
      return new CifarSlice(format, from, FilePart.range(files, from, to));
    }

    @Override
    public ImageCatalogue catalogue(Storage storage, long count) {
      return ImageCatalogue.numbered(
          labels.keySet().stream().map(Path::getName).toList(), List.copyOf(labels.values()));
    }
  }
}
