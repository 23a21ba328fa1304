package org.convoy.spark.input;

import java.util.Iterator;
import org.apache.spark.api.java.function.PairFlatMapFunction;
import org.convoy.data.ShardDealing;
import org.convoy.random.KeyedPermutation;
import scala.Tuple2;

/** Puts before each image the number of its chunk. */
final class DealImages implements PairFlatMapFunction<Iterator<KeyedImage>, Integer, DealtImage> {
  private static final long serialVersionUID = 1L;

  private final ShardDealing dealing;

  DealImages(ShardDealing dealing) {
    this.dealing = dealing;
  }

  @Override
  public Iterator<Tuple2<Integer, DealtImage>> call(Iterator<KeyedImage> images) {
    KeyedPermutation permutation = dealing.permutation();
    return new MappedIterator<>(
        images,
        image -> {
          ShardDealing.Place place = dealing.place(permutation, image.id());
          int chunk = dealing.chunkNumber(place.shard(), place.chunk());
          return new Tuple2<>(chunk, DealtImage.of(image));
        });
  }
}
