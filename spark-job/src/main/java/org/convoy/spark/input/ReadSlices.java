package org.convoy.spark.input;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Iterator;
import java.util.NoSuchElementException;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.util.TaskCompletionListener;
import org.convoy.spark.storage.Storage;

/** Reads slices image by image; files are closed when the task ends, whichever way. */
final class ReadSlices implements FlatMapFunction<Iterator<ImageSlice>, EncodedImage> {
  private static final long serialVersionUID = 1L;

  private final Storage storage;

  ReadSlices(Storage storage) {
    this.storage = storage;
  }

  @Override
  public Iterator<EncodedImage> call(Iterator<ImageSlice> slices) {
    Reading reading = new Reading(slices);
    TaskContext.get()
        .addTaskCompletionListener((TaskCompletionListener) context -> reading.close());
    return reading;
  }

  /** One open slice at a time, and one image ahead. */
  private final class Reading implements Iterator<EncodedImage> {
    private final Iterator<ImageSlice> slices;
    private EncodedImages open;
    private EncodedImage next;

    Reading(Iterator<ImageSlice> slices) {
      this.slices = slices;
    }

    @Override
    public boolean hasNext() {
      try {
        while (next == null && (open != null || slices.hasNext())) {
          if (open == null) {
            open = slices.next().open(storage);
          }
          next = open.next();
          if (next == null) {
            close();
          }
        }
      } catch (IOException e) {
        throw new UncheckedIOException("cannot read images: " + e.getMessage(), e);
      }
      return next != null;
    }

    @Override
    public EncodedImage next() {
      if (!hasNext()) {
        throw new NoSuchElementException("behind the last image");
      }
      EncodedImage image = next;
      next = null;
      return image;
    }

    private void close() {
      if (open == null) {
        return;
      }
      try {
        open.close();
      } catch (IOException e) {
        throw new UncheckedIOException("cannot close images: " + e.getMessage(), e);
      } finally {
        open = null;
      }
    }
  }
}
