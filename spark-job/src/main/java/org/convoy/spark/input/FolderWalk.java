package org.convoy.spark.input;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;
import org.convoy.spark.storage.Storage;

/**
 * Finds all picture files below some folders. Folders of one depth are listed at the same time: an
 * object store answers one request slowly, and many as slowly as one.
 */
final class FolderWalk {
  private static final int MAXIMUM_DEPTH = 32;
  private static final int AT_ONCE = 16;

  private final Storage storage;
  private final ListingWatch watch;
  private final List<Below> all = new ArrayList<>();
  private long pictures;
  private long listed;

  /** A picture file: its path below the folder, and its length. */
  record Found(String name, long length) {}

  /** What lies below one folder: pictures and what is skipped, each in the order of its path. */
  static final class Below {
    private final Path folder;
    private final List<Found> pictures = new ArrayList<>();
    private final List<String> skipped = new ArrayList<>();

    Below(Path folder) {
      this.folder = folder;
    }

    Path folder() {
      return folder;
    }

    List<Found> pictures() {
      return pictures;
    }

    /** Paths below the folder. */
    List<String> skipped() {
      return skipped;
    }
  }

  /** A folder to be listed, at a path below one of those that were asked for. */
  private record Place(Below below, Path folder, String prefix) {}

  private FolderWalk(Storage storage, ListingWatch watch) {
    this.storage = storage;
    this.watch = watch;
  }

  /** What lies below each of the folders, at any depth. */
  static List<Below> walk(Storage storage, List<Path> folders, ListingWatch watch)
      throws IOException {
    ExecutorService threads = Executors.newFixedThreadPool(AT_ONCE);
    try {
      return new FolderWalk(storage, watch).walk(folders, threads);
    } finally {
      threads.shutdownNow();
    }
  }

  private List<Below> walk(List<Path> folders, ExecutorService threads) throws IOException {
    List<Place> places = new ArrayList<>();
    for (Path folder : folders) {
      all.add(new Below(folder));
      places.add(new Place(all.get(all.size() - 1), folder, ""));
    }
    for (int depth = 0; !places.isEmpty(); depth++) {
      if (depth > MAXIMUM_DEPTH) {
        throw new InputException(
            String.format(
                "root: %s lies more than %d folders deep; is there a link to a folder above it?",
                places.get(0).folder(), MAXIMUM_DEPTH));
      }
      places = nextDepth(places, threads);
    }
    for (Below below : all) {
      below.pictures.sort(Comparator.comparing(Found::name));
      below.skipped.sort(Comparator.naturalOrder());
    }
    return all;
  }

  private List<Place> nextDepth(List<Place> places, ExecutorService threads) throws IOException {
    List<Future<List<FileStatus>>> listings = new ArrayList<>();
    for (Place place : places) {
      listings.add(threads.submit(() -> storage.list(place.folder())));
    }
    List<Place> deeper = new ArrayList<>();
    for (int i = 0; i < listings.size(); i++) {
      Place place = places.get(i);
      for (FileStatus status : result(listings.get(i))) {
        String name = place.prefix() + status.getPath().getName();
        if (NoPictures.isOne(status)) {
          place.below().skipped.add(name);
        } else if (status.isDirectory()) {
          deeper.add(new Place(place.below(), status.getPath(), name + "/"));
        } else {
          place.below().pictures.add(new Found(name, status.getLen()));
          pictures++;
        }
      }
      watch.found(pictures, ++listed, "folders");
    }
    return deeper;
  }

  private static List<FileStatus> result(Future<List<FileStatus>> listing) throws IOException {
    try {
      return listing.get();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof IOException failure) {
        throw failure;
      }
      throw new IllegalStateException("listing failed: " + e.getCause().getMessage(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while folders were listed", e);
    }
  }
}
