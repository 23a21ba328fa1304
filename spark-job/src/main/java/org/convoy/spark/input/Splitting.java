package org.convoy.spark.input;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.SortedMap;
import java.util.TreeMap;
import org.convoy.random.RandomKey;
import org.convoy.spark.storage.Storage;

/** Decides on the driver which images are for training and which for testing. */
final class Splitting {
  private final SplitSource split;
  private final ImageSet whole;
  private final Storage storage;

  /** An image and its hash, in [0, 1). */
  private record Hashed(int id, double hash) {}

  Splitting(SplitSource split, ImageSet whole, Storage storage) {
    this.split = split;
    this.whole = whole;
    this.storage = storage;
  }

  ImageSet open() throws IOException {
    ImageSetSummary all = whole.summary();
    boolean[] test = test(whole.sliced().catalogue(), Math.toIntExact(all.count()));
    GrowingLongs ids = new GrowingLongs();
    for (int id = 0; id < test.length; id++) {
      if (test[id] == (split.part() == SplitSource.Part.TEST)) {
        ids.add(id);
      }
    }
    if (ids.size() == 0) {
      throw new InputException(
          String.format(
              Locale.ROOT,
              "split: fraction = %s of %,d images leaves none to %s; give more images, or another"
                  + " fraction",
              split.fraction(),
              all.count(),
              split.part().name().toLowerCase(Locale.ROOT)));
    }
    return new ImageSet(
        storage,
        all.ofPart(ids.size(), fingerprint(all), notes(all, ids.size())),
        new ChosenImages(whole.sliced().slicer(), ids.toArray()));
  }

  private String fingerprint(ImageSetSummary all) {
    return new Fingerprint()
        .add(all.fingerprint())
        .add(split.part().name())
        .add(Double.doubleToLongBits(split.fraction()))
        .add(split.seed())
        .add(split.stratified() ? 1 : 0)
        .finish();
  }

  private List<String> notes(ImageSetSummary all, int chosen) {
    List<String> notes = new ArrayList<>(all.notes());
    notes.add(
        String.format(
            Locale.ROOT,
            "%,d of %,d images are for %s",
            chosen,
            all.count(),
            split.part() == SplitSource.Part.TEST ? "testing" : "training"));
    return notes;
  }

  private boolean[] test(ImageCatalogue catalogue, int count) {
    RandomKey key = RandomKey.ofSeed(split.seed()).with("split");
    boolean[] test = new boolean[count];
    SortedMap<Integer, List<Hashed>> classes = new TreeMap<>();
    for (int id = 0; id < count; id++) {
      double hash = key.with(catalogue.name(id)).uniform(0);
      test[id] = hash < split.fraction();
      if (split.stratified()) {
        classes
            .computeIfAbsent(catalogue.label(id), label -> new ArrayList<>())
            .add(new Hashed(id, hash));
      }
    }
    if (split.stratified()) {
      Arrays.fill(test, false);
      classes.values().forEach(images -> choose(images, test));
    }
    return test;
  }

  /** The share of one class; of several images with one hash the first come first. */
  private void choose(List<Hashed> images, boolean[] test) {
    int share = (int) StrictMath.rint(split.fraction() * images.size());
    images.sort((a, b) -> a.hash != b.hash ? Double.compare(a.hash, b.hash) : a.id - b.id);
    images.subList(0, share).forEach(image -> test[image.id] = true);
  }
}
