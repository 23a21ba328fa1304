package org.convoy.spark.input;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.TreeMap;
import org.apache.spark.api.java.function.PairFlatMapFunction;
import org.convoy.data.ShardDealing;
import org.convoy.random.KeyedPermutation;
import scala.Tuple2;

/**
 * Collects images by their chunks, some megabytes of them at a time, and puts the chunk's number
 * before those of each.
 */
final class DealImages implements PairFlatMapFunction<Iterator<KeyedImage>, Integer, DealtImages> {
  /** Images wait until they have so many bytes, those of all chunks together. */
  private static final int WAITING_BYTES = 8 << 20;

  /** Of an image besides its pixels, about. */
  private static final int IMAGE_BYTES = 200;

  private static final long serialVersionUID = 1L;

  private final ShardDealing dealing;

  DealImages(ShardDealing dealing) {
    this.dealing = dealing;
  }

  @Override
  public Iterator<Tuple2<Integer, DealtImages>> call(Iterator<KeyedImage> images) {
    return new Dealing(images);
  }

  private final class Dealing implements Iterator<Tuple2<Integer, DealtImages>> {
    private final Iterator<KeyedImage> images;
    private final KeyedPermutation permutation = dealing.permutation();
    private Iterator<Map.Entry<Integer, List<DealtImage>>> waiting = Collections.emptyIterator();

    Dealing(Iterator<KeyedImage> images) {
      this.images = images;
    }

    @Override
    public boolean hasNext() {
      if (!waiting.hasNext()) {
        waiting = collect().entrySet().iterator();
      }
      return waiting.hasNext();
    }

    @Override
    public Tuple2<Integer, DealtImages> next() {
      if (!hasNext()) {
        throw new NoSuchElementException("behind the last image");
      }
      Map.Entry<Integer, List<DealtImage>> chunk = waiting.next();
      return new Tuple2<>(chunk.getKey(), new DealtImages(chunk.getValue()));
    }

    private Map<Integer, List<DealtImage>> collect() {
      Map<Integer, List<DealtImage>> chunks = new TreeMap<>();
      for (long bytes = 0; bytes < WAITING_BYTES && images.hasNext(); ) {
        DealtImage image = DealtImage.of(images.next());
        ShardDealing.Place place = dealing.place(permutation, image.id());
        chunks
            .computeIfAbsent(
                dealing.chunkNumber(place.shard(), place.chunk()), chunk -> new ArrayList<>())
            .add(image);
        bytes += IMAGE_BYTES + image.pixels().length;
      }
      return chunks;
    }
  }
}
