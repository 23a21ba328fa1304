package org.convoy.augment;

import java.io.Serializable;
import java.util.List;
import org.convoy.description.Default;
import org.convoy.random.RandomKey;
import org.convoy.tensor.Shape;

/**
 * Which pairs of a batch are mixed, and how: the first example with the last, the second with the
 * last but one, and so on (the order of an epoch is random); an odd one in the middle stays as it
 * is. Each pair is mixed by one of the kinds, all alike likely.
 *
 * @param kinds to choose from; none means that nothing is mixed
 * @param chance that a pair is mixed, 0..1
 */
public record BatchMixing(@Default("[]") List<Mixing> kinds, @Default("1") double chance)
    implements Serializable {
  /** Leaves all batches as they are. */
  public static final BatchMixing NONE = new BatchMixing(List.of(), 1);

  public BatchMixing {
    kinds = List.copyOf(kinds);
    if (!(chance >= 0 && chance <= 1)) {
      throw new IllegalArgumentException("mixing: chance must be in 0..1, got " + chance);
    }
  }

  /** What happens to the examples of a pair beside their pictures. */
  @FunctionalInterface
  public interface Pairs {
    /** The first keeps {@code share} of its own, and so does the second. */
    void mix(int first, int second, double share);
  }

  /** Whether any pair may be mixed. */
  public boolean mixes() {
    return !kinds.isEmpty() && chance > 0;
  }

  /**
   * Checks that pictures of a shape can be mixed.
   *
   * @throws org.convoy.tensor.ShapeException if not
   */
  public void check(Shape picture) {
    kinds.forEach(kind -> kind.check(picture));
  }

  /**
   * Mixes the pairs of a batch.
   *
   * @param keys of the examples: each names run, epoch and image; a pair's draws come from those of
   *     both
   * @param count number of examples
   * @param values has the pictures of all examples one behind the other
   * @param offset where the first one begins
   * @param picture channels x height x width
   */
  public void apply(
      long[] keys, int count, float[] values, int offset, Shape picture, Pairs pairs) {
    int size = picture.elementCount();
    for (int first = 0, second = count - 1; first < second; first++, second--) {
      RandomKey key = new RandomKey(keys[first]).with("mixing").with(keys[second]);
      if (key.uniform(0) < chance) {
        Mixing kind = kinds.get((int) key.below(1, kinds.size()));
        Mixing.Mixture mixture = kind.draw(key.with("draw"), picture);
        mixture.apply(values, offset + first * size, offset + second * size);
        pairs.mix(first, second, mixture.share());
      }
    }
  }
}
