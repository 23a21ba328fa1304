package org.convoy.data;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.List;

/**
 * How often each shard draws each class, so that all classes are drawn equally often, all shards
 * draw as often as they have room, and the images of a class are drawn about equally often wherever
 * they lie. Shards draw their own images alone.
 *
 * <p>With n[s][k] images of class k in shard s, the numbers are near a[s] n[s][k] b[k], with a and
 * b such that rows and columns have the wanted sums (Deming and Stephan, "On a least squares
 * adjustment of a sampled frequency table when the expected marginal totals are known", 1940); what
 * rounding down leaves over goes along augmenting paths (Ford and Fulkerson 1956). The same numbers
 * on every JVM: sums, products and quotients in a fixed order.
 */
final class Quotas {
  private static final int ROUNDS = 200;

  private final List<String> classes;
  private final int[][] images;
  private final int[] room;

  Quotas(int shards, List<String> classes) {
    this.classes = classes;
    this.images = new int[shards][classes.size()];
    this.room = new int[shards];
  }

  /** How many images a shard has of a class. */
  void setImages(int shard, int label, int count) {
    images[shard][label] = count;
  }

  /** How often a shard draws; 0 if it has no images. */
  void setRoom(int shard, int draws) {
    room[shard] = draws;
  }

  /**
   * The numbers, shard by shard.
   *
   * @throws IllegalArgumentException if a class has no images, or too few shards have some
   */
  int[][] draws() {
    int[] wanted = wanted();
    int[][] draws = roundedDown(wanted);
    int[] rest = room.clone();
    int[] missing = wanted.clone();
    for (int s = 0; s < rest.length; s++) {
      for (int k = 0; k < missing.length; k++) {
        rest[s] -= draws[s][k];
        missing[k] -= draws[s][k];
      }
    }
    for (int s = 0; s < rest.length; s++) {
      for (int k = 0; k < missing.length; k++) {
        if (images[s][k] > 0 && rest[s] > 0 && missing[k] > 0) {
          draws[s][k]++;
          rest[s]--;
          missing[k]--;
        }
      }
    }
    for (int k = 0; k < missing.length; k++) {
      while (missing[k] > 0) {
        int moved = augment(k, missing[k], draws, rest);
        if (moved == 0) {
          throw tooRare(k, wanted[k]);
        }
        missing[k] -= moved;
      }
    }
    return draws;
  }

  /** Draws of each class: as many, but for a remainder that goes to the first classes. */
  private int[] wanted() {
    int all = Arrays.stream(room).reduce(0, Math::addExact);
    int count = classes.size();
    int[] wanted = new int[count];
    for (int k = 0; k < count; k++) {
      wanted[k] = all / count + (k < all % count ? 1 : 0);
    }
    return wanted;
  }

  private int[][] roundedDown(int[] wanted) {
    double[] ofClass = new double[wanted.length];
    double[] ofShard = new double[room.length];
    Arrays.fill(ofClass, 1);
    for (int round = 0; round < ROUNDS; round++) {
      for (int s = 0; s < room.length; s++) {
        double sum = 0;
        for (int k = 0; k < wanted.length; k++) {
          sum += images[s][k] * ofClass[k];
        }
        ofShard[s] = sum > 0 ? room[s] / sum : 0;
      }
      for (int k = 0; k < wanted.length; k++) {
        double sum = 0;
        for (int s = 0; s < room.length; s++) {
          sum += images[s][k] * ofShard[s];
        }
        ofClass[k] = sum > 0 ? wanted[k] / sum : 0;
      }
    }
    int[][] draws = new int[room.length][wanted.length];
    int[] missing = wanted.clone();
    for (int s = 0; s < room.length; s++) {
      int rest = room[s];
      for (int k = 0; k < wanted.length; k++) {
        int near = (int) (ofShard[s] * images[s][k] * ofClass[k]);
        draws[s][k] = Math.min(near, Math.min(rest, missing[k]));
        rest -= draws[s][k];
        missing[k] -= draws[s][k];
      }
    }
    return draws;
  }

  /**
   * Draws a class more often along a shortest path: in some shard in the place of another class,
   * which is drawn more often in another shard, and so on to a shard that has room.
   *
   * @param most how much more often
   * @return by how much it was possible, 0 if there is no such path
   */
  private int augment(int label, int most, int[][] draws, int[] rest) {
    int[] shardOfClass = new int[classes.size()];
    int[] classOfShard = new int[room.length];
    Arrays.fill(shardOfClass, -1);
    Arrays.fill(classOfShard, -1);
    ArrayDeque<Integer> toPlace = new ArrayDeque<>(List.of(label));
    while (!toPlace.isEmpty()) {
      int k = toPlace.remove();
      for (int s = 0; s < room.length; s++) {
        if (images[s][k] == 0 || classOfShard[s] >= 0) {
          continue;
        }
        classOfShard[s] = k;
        if (rest[s] > 0) {
          return move(label, s, most, draws, rest, shardOfClass, classOfShard);
        }
        for (int other = 0; other < classes.size(); other++) {
          if (other != label && shardOfClass[other] < 0 && draws[s][other] > 0) {
            shardOfClass[other] = s;
            toPlace.add(other);
          }
        }
      }
    }
    return 0;
  }

  /** Moves as much as each place along the path has, from its end to its beginning. */
  private static int move(
      int label,
      int last,
      int most,
      int[][] draws,
      int[] rest,
      int[] shardOfClass,
      int[] classOfShard) {
    int amount = Math.min(most, rest[last]);
    for (int k = classOfShard[last]; k != label; k = classOfShard[shardOfClass[k]]) {
      amount = Math.min(amount, draws[shardOfClass[k]][k]);
    }
    rest[last] -= amount;
    int shard = last;
    for (int k = classOfShard[last]; k != label; k = classOfShard[shard]) {
      draws[shard][k] += amount;
      shard = shardOfClass[k];
      draws[shard][k] -= amount;
    }
    draws[shard][label] += amount;
    return amount;
  }

  private IllegalArgumentException tooRare(int label, int wanted) {
    int count = 0;
    int shards = 0;
    for (int[] ofShard : images) {
      count += ofShard[label];
      shards += ofShard[label] > 0 ? 1 : 0;
    }
    return new IllegalArgumentException(
        String.format(
            "sampling = balanced: class %s is to be drawn %d times an epoch, but its images (%d)"
                + " lie in %d of %d shards, which have too few draws for that; set fewer shards, or"
                + " leave sampling out and balance by the loss (classWeights = balanced)",
            classes.get(label), wanted, count, shards, images.length));
  }
}
