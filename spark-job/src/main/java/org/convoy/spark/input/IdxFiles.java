package org.convoy.spark.input;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.fs.Path;
import org.convoy.data.Annotation;
import org.convoy.data.MalformedFileException;
import org.convoy.data.idx.IdxImageReader;
import org.convoy.data.idx.IdxLabelReader;
import org.convoy.spark.storage.Storage;
import org.convoy.tensor.Shape;

/** Goes through a pair of IDX files on the driver, once, and collects all that is wrong. */
final class IdxFiles {
  private static final int IMAGES_AT_ONCE = 64;

  private final Storage storage;
  private final IdxSource source;
  private final List<String> given;
  private final List<String> problems = new ArrayList<>();
  private final Fingerprint fingerprint = new Fingerprint();
  private Path images;
  private int count;
  private Shape shape;
  private byte[] labels = new byte[0];

  IdxFiles(Storage storage, IdxSource source, List<String> given) {
    this.storage = storage;
    this.source = source;
    this.given = given;
  }

  ImageSet open() throws IOException {
    boolean labeled = !source.labels().isEmpty();
    images = InputFiles.requireFile(storage, source.images(), "images", problems);
    Path labelFile =
        labeled ? InputFiles.requireFile(storage, source.labels(), "labels", problems) : null;
    InputException.throwIfAny(problems);
    scanImages();
    if (labeled) {
      scanLabels(labelFile);
      checkCounts(labelFile);
    }
    InputException.throwIfAny(problems);
    return new ImageSet(
        storage,
        new ImageSetSummary(
            count, classes(labeled), Optional.of(shape), fingerprint.finish(), notes(labeled)),
        new Pixels());
  }

  /** The images of the file, with their labels. */
  private final class Pixels implements ImageSet.Slicer {
    @Override
    public ImageSlice slice(long from, long to) {
      return new IdxSlice(images.toString(), from, labelsOf(from, to));
    }

    @Override
    public ImageCatalogue catalogue(Storage unread, long all) {
      return ImageCatalogue.numbered(List.of(images.getName()), List.of(labelsOf(0, all)));
    }
  }

  private void scanImages() throws IOException {
    try (IdxImageReader in = IdxImageReader.open(storage.open(images), images.toString())) {
      count = in.count();
      shape = in.imageShape();
      fingerprint.add(count).add(shape.size(1)).add(shape.size(2));
      byte[] pixels = new byte[IMAGES_AT_ONCE * shape.elementCount()];
      int filled = 0;
      while (in.next(pixels, filled)) {
        filled += shape.elementCount();
        if (filled == pixels.length) {
          fingerprint.add(pixels, 0, filled);
          filled = 0;
        }
      }
      fingerprint.add(pixels, 0, filled);
      if (count == 0) {
        problems.add(images + " holds no image");
      }
    } catch (MalformedFileException e) {
      problems.add(e.getMessage());
    }
  }

  private void scanLabels(Path file) throws IOException {
    int allowed = given.isEmpty() ? 256 : given.size();
    int outside = 0;
    try (IdxLabelReader in = IdxLabelReader.open(storage.open(file), file.toString())) {
      GrowingBytes read = new GrowingBytes();
      while (in.next()) {
        if (in.label() >= allowed && outside++ == 0) {
          problems.add(
              String.format(
                  "%s: label number %d (counted from 0) is %d, expected 0..%d as there are %d names"
                      + " of classes; name all classes, or none",
                  file, read.size(), in.label(), allowed - 1, allowed));
        }
        read.add((byte) in.label());
      }
      labels = read.toArray();
    } catch (MalformedFileException e) {
      problems.add(e.getMessage());
    }
    fingerprint.add(labels, 0, labels.length);
  }

  private void checkCounts(Path labelFile) {
    if (problems.isEmpty() && labels.length != count) {
      problems.add(
          String.format(
              "%s holds %d images, but %s holds %d labels: do they belong together?",
              images, count, labelFile, labels.length));
    }
  }

  private List<String> classes(boolean labeled) {
    if (!labeled || !given.isEmpty()) {
      return given;
    }
    int largest = 0;
    for (byte label : labels) {
      largest = Math.max(largest, label & 0xff);
    }
    return ClassNames.numbers(largest + 1);
  }

  private List<String> notes(boolean labeled) {
    List<String> classes = classes(labeled);
    long[] imagesOfClass = new long[classes.size()];
    for (byte label : labels) {
      imagesOfClass[label & 0xff]++;
    }
    return ClassNames.notes(classes, imagesOfClass);
  }

  private int[] labelsOf(long from, long to) {
    int[] slice = new int[Math.toIntExact(to - from)];
    Arrays.setAll(
        slice,
        i -> labels.length == 0 ? Annotation.NO_LABEL : labels[Math.toIntExact(from) + i] & 0xff);
    return slice;
  }
}
