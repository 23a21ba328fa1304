package org.convoy.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.convoy.random.KeyedPermutation;
import org.junit.jupiter.api.Test;

class ShardDealingTest {
  private static final long[] COUNTS = {1, 2, 7, 8, 9, 63, 100, 1000, 4099};

  @Test
  void everyImageHasOnePlaceAndComesBack() {
    for (long count : COUNTS) {
      for (int shards : new int[] {1, 2, 8, 16}) {
        ShardDealing dealing = new ShardDealing(5, count, shards, 13);
        KeyedPermutation permutation = dealing.permutation();
        Set<ShardDealing.Place> places = new HashSet<>();
        for (long id = 0; id < count; id++) {
          ShardDealing.Place place = dealing.place(permutation, id);
          assertThat(place.slot()).isLessThan(dealing.chunkSize(place.shard(), place.chunk()));
          assertThat(dealing.imageAt(permutation, place)).isEqualTo(id);
          places.add(place);
        }
        assertThat(places).hasSize((int) count);
      }
    }
  }

  @Test
  void shardsDifferByAtMostOneImage() {
    ShardDealing dealing = new ShardDealing(1, 1003, 8, 100);
    long total = 0;
    for (int shard = 0; shard < 8; shard++) {
      assertThat(dealing.shardSize(shard)).isBetween(125L, 126L);
      total += dealing.shardSize(shard);
    }
    assertThat(total).isEqualTo(1003);
  }

  @Test
  void anEpochVisitsEveryImageOnceWithBatchesOfExactlyTheirSize() {
    for (long count : COUNTS) {
      for (int batch : new int[] {1, 3, 8, 64, 5000}) {
        ShardDealing dealing = new ShardDealing(3, count, 8, 10);
        Set<Long> seen = new HashSet<>();
        for (long from = 0; from < count; from += batch) {
          long to = Math.min(count, from + batch);
          List<Long> step = imagesOf(dealing, 4, from, to);
          assertThat(step).hasSize((int) (to - from));
          seen.addAll(step);
        }
        assertThat(seen).hasSize((int) count);
      }
    }
  }

  @Test
  void epochsDifferInOrder() {
    ShardDealing dealing = new ShardDealing(3, 500, 8, 10);
    assertThat(imagesOf(dealing, 1, 0, 64))
        .isEqualTo(imagesOf(dealing, 1, 0, 64))
        .isNotEqualTo(imagesOf(dealing, 2, 0, 64));
  }

  @Test
  void shardsMustBeAPowerOfTwo() {
    assertThatThrownBy(() -> new ShardDealing(0, 10, 6, 1))
        .hasMessage("shards must be a power of two, got 6");
  }

  private static List<Long> imagesOf(ShardDealing dealing, int epoch, long from, long to) {
    KeyedPermutation permutation = dealing.permutation();
    EpochOrder order = Sampling.SHUFFLED.order(dealing, epoch);
    List<Long> images = new ArrayList<>();
    for (int s = 0; s < dealing.shards(); s++) {
      int shard = s;
      order.visit(
          shard,
          from,
          to,
          (chunk, slot, turn) ->
              images.add(dealing.imageAt(permutation, new ShardDealing.Place(shard, chunk, slot))));
    }
    return images;
  }
}
