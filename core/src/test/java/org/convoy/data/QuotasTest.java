package org.convoy.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.convoy.random.RandomKey;
import org.junit.jupiter.api.Test;

class QuotasTest {
  private static final int SHARDS = 4;

  private static Quotas quotas(int[] room, int[][] images) {
    Quotas quotas =
        new Quotas(
            room.length, IntStream.range(0, images[0].length).mapToObj(Integer::toString).toList());
    for (int s = 0; s < room.length; s++) {
      quotas.setRoom(s, room[s]);
      for (int k = 0; k < images[s].length; k++) {
        quotas.setImages(s, k, images[s][k]);
      }
    }
    return quotas;
  }

  private static Optional<int[][]> draws(int[] room, int[][] images) {
    try {
      return Optional.of(quotas(room, images).draws());
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  /** Ford and Fulkerson: possible if no classes want more than the shards have that hold them. */
  private static boolean isPossible(int[] room, int[][] images, int[] wanted) {
    for (int chosen = 1; chosen < 1 << wanted.length; chosen++) {
      int need = 0;
      int there = 0;
      for (int k = 0; k < wanted.length; k++) {
        need += (chosen >> k & 1) * wanted[k];
      }
      for (int s = 0; s < room.length; s++) {
        boolean holds = false;
        for (int k = 0; k < wanted.length; k++) {
          holds |= (chosen >> k & 1) == 1 && images[s][k] > 0;
        }
        there += holds ? room[s] : 0;
      }
      if (need > there) {
        return false;
      }
    }
    return true;
  }

  @Test
  void shardsDrawAsOftenAsTheyHaveRoomAndClassesEquallyOftenWhereverThatIsPossible() {
    int possible = 0;
    for (int trial = 0; trial < 2000; trial++) {
      RandomKey key = RandomKey.ofSeed(3).with(trial);
      int classes = 2 + (int) key.below(0, 4);
      int[][] images = new int[SHARDS][classes];
      int[] room = new int[SHARDS];
      for (int s = 0; s < SHARDS; s++) {
        for (int k = 0; k < classes; k++) {
          long draw = 1 + s * 10L + k;
          images[s][k] = key.uniform(100 + draw) < 0.4 ? 0 : (int) key.below(draw, 30);
          room[s] += images[s][k];
        }
      }
      int all = IntStream.of(room).sum();
      int[] wanted =
          IntStream.range(0, classes)
              .map(k -> all / classes + (k < all % classes ? 1 : 0))
              .toArray();

      Optional<int[][]> draws = draws(room, images);

      assertThat(draws.isPresent())
          .as("trial %d", trial)
          .isEqualTo(isPossible(room, images, wanted));
      if (draws.isPresent()) {
        possible++;
        assertSums(draws.get(), room, wanted, images);
      }
    }
    assertThat(possible).isBetween(200, 1800);
  }

  private static void assertSums(int[][] draws, int[] room, int[] wanted, int[][] images) {
    for (int s = 0; s < room.length; s++) {
      assertThat(IntStream.of(draws[s]).sum()).isEqualTo(room[s]);
      for (int k = 0; k < wanted.length; k++) {
        assertThat(draws[s][k]).isNotNegative();
        assertThat(images[s][k] > 0 || draws[s][k] == 0).isTrue();
      }
    }
    for (int k = 0; k < wanted.length; k++) {
      int label = k;
      assertThat(IntStream.range(0, room.length).map(s -> draws[s][label]).sum())
          .isEqualTo(wanted[k]);
    }
  }

  /** By hand: where all shards hold the same share of each class, they draw the same share. */
  @Test
  void imagesAreDrawnEquallyOftenWhereverTheyLie() {
    int[][] draws = quotas(new int[] {300, 100}, new int[][] {{270, 30}, {90, 10}}).draws();

    assertThat(List.of(draws[0][0], draws[0][1], draws[1][0], draws[1][1]))
        .containsExactly(150, 150, 50, 50);
  }

  @Test
  void aShardWithMoreImagesOfAClassDrawsItMoreOften() {
    int[][] draws = quotas(new int[] {100, 100}, new int[][] {{70, 30}, {90, 10}}).draws();

    // The ratio of ratios stays (70 * 10) / (30 * 90) = 0.259, the square of p / (100 - p).
    assertThat((double) draws[0][1]).isCloseTo(66, within(1.0));
    assertThat((double) draws[1][1]).isCloseTo(34, within(1.0));
  }
}
