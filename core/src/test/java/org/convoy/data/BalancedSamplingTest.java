package org.convoy.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.LongUnaryOperator;
import java.util.stream.IntStream;
import org.convoy.random.KeyedPermutation;
import org.convoy.tensor.Shape;
import org.junit.jupiter.api.Test;

class BalancedSamplingTest {
  private static final Shape IMAGE = Shape.of(1, 1, 1);
  private static final List<String> CLASSES = List.of("cat", "dog", "emu");
  private static final ShardDealing DEALING = new ShardDealing(5, 1003, 8, 10);

  /** Of 1003 images 903 cats, 80 dogs and 20 emus. */
  private static long skewed(long id) {
    return id < 903 ? 0 : id < 983 ? 1 : 2;
  }

  private static List<ChunkLabels> labels(ShardDealing dealing, LongUnaryOperator labelOf) {
    KeyedPermutation permutation = dealing.permutation();
    List<ChunkLabels> labels = new ArrayList<>();
    for (int shard = 0; shard < dealing.shards(); shard++) {
      for (int chunk = 0; chunk < dealing.chunksPerShard(); chunk++) {
        int size = dealing.chunkSize(shard, chunk);
        Chunk.Builder builder = new Chunk.Builder(shard, chunk, IMAGE, size);
        for (int slot = 0; slot < size; slot++) {
          long id = dealing.imageAt(permutation, new ShardDealing.Place(shard, chunk, slot));
          int label = (int) labelOf.applyAsLong(id);
          if (label != Annotation.NO_LABEL) {
            builder.add(slot, id, label, new byte[1]);
          }
        }
        labels.add(ChunkLabels.of(builder.build()));
      }
    }
    return labels;
  }

  private static Sampling skewedSampling() {
    return BalancedSampling.of(DEALING, CLASSES, labels(DEALING, BalancedSamplingTest::skewed));
  }

  /** A visit of an image. */
  private record Visit(long id, int turn) {}

  private static List<Visit> visits(
      ShardDealing dealing, Sampling sampling, int epoch, int shard, long from, long to) {
    KeyedPermutation permutation = dealing.permutation();
    List<Visit> visits = new ArrayList<>();
    sampling
        .order(dealing, epoch)
        .visit(
            shard,
            from,
            to,
            (chunk, slot, turn) ->
                visits.add(
                    new Visit(
                        dealing.imageAt(permutation, new ShardDealing.Place(shard, chunk, slot)),
                        turn)));
    return visits;
  }

  private static List<Visit> epoch(ShardDealing dealing, Sampling sampling, int epoch) {
    List<Visit> visits = new ArrayList<>();
    for (int shard = 0; shard < dealing.shards(); shard++) {
      visits.addAll(visits(dealing, sampling, epoch, shard, 0, dealing.imageCount()));
    }
    return visits;
  }

  private static Map<Long, Integer> countByClass(List<Visit> visits, LongUnaryOperator labelOf) {
    Map<Long, Integer> counts = new TreeMap<>();
    visits.forEach(visit -> counts.merge(labelOf.applyAsLong(visit.id()), 1, Integer::sum));
    return counts;
  }

  @Test
  void everyClassIsDrawnEquallyOftenInAnEpochAsLongAsTheSet() {
    Sampling sampling = skewedSampling();
    for (int epoch = 0; epoch < 3; epoch++) {
      assertThat(countByClass(epoch(DEALING, sampling, epoch), BalancedSamplingTest::skewed))
          .isEqualTo(Map.of(0L, 335, 1L, 334, 2L, 334));
    }
  }

  @Test
  void imagesOfAClassComeAboutEquallyOften() {
    Sampling sampling = skewedSampling();
    Map<Long, Integer> counts = new HashMap<>();
    int epochs = 20;
    for (int epoch = 0; epoch < epochs; epoch++) {
      epoch(DEALING, sampling, epoch).forEach(visit -> counts.merge(visit.id(), 1, Integer::sum));
    }

    assertThat(counts).as("none is left out").hasSize(1003);
    double[] wanted = {335.0 * epochs / 903, 334.0 * epochs / 80, 334.0 * epochs / 20};
    counts.forEach(
        (id, count) -> {
          double mean = wanted[(int) skewed(id)];
          assertThat((double) count).as("image %d", id).isBetween(0.6 * mean - 1, 1.6 * mean + 1);
        });
  }

  @Test
  void aVisitKnowsHowManyOthersOfItsImageThereWereBefore() {
    Sampling sampling = skewedSampling();
    Map<Long, List<Integer>> turns = new HashMap<>();
    for (int epoch = 0; epoch < 4; epoch++) {
      for (Visit visit : epoch(DEALING, sampling, epoch)) {
        turns.computeIfAbsent(visit.id(), id -> new ArrayList<>()).add(visit.turn());
      }
    }
    turns.forEach(
        (id, seen) ->
            assertThat(seen)
                .as("image %d", id)
                .containsExactlyInAnyOrderElementsOf(
                    IntStream.range(0, seen.size()).boxed().toList()));
    assertThat(turns.get(1000L)).as("an emu").hasSizeGreaterThan(40);
  }

  @Test
  void stepsAreTheEpochCutInPieces() {
    Sampling sampling = skewedSampling();
    for (int shard = 0; shard < DEALING.shards(); shard++) {
      List<Visit> whole = visits(DEALING, sampling, 1, shard, 0, 1003);
      List<Visit> pieces = new ArrayList<>();
      for (long from = 0; from < 1003; from += 37) {
        List<Visit> step = visits(DEALING, sampling, 1, shard, from, Math.min(1003, from + 37));
        assertThat(step.size()).isLessThanOrEqualTo(5);
        pieces.addAll(step);
      }
      assertThat(pieces).isEqualTo(whole).hasSize((int) DEALING.shardSize(shard));
    }
  }

  @Test
  void epochsDiffer() {
    Sampling sampling = skewedSampling();
    assertThat(epoch(DEALING, sampling, 1))
        .isEqualTo(epoch(DEALING, skewedSampling(), 1))
        .isNotEqualTo(epoch(DEALING, sampling, 2));
  }

  @Test
  void shardsWithoutAClassLeaveItToOthers() {
    // Twelve classes, one of which has three images in eight shards.
    LongUnaryOperator labelOf = id -> id < 3 ? 11 : id % 11;
    List<String> names = IntStream.range(0, 12).mapToObj(k -> "class " + k).toList();
    Sampling sampling = BalancedSampling.of(DEALING, names, labels(DEALING, labelOf));

    Map<Long, Integer> counts = countByClass(epoch(DEALING, sampling, 0), labelOf);

    assertThat(counts).hasSize(12);
    assertThat(counts.values()).allMatch(count -> count == 83 || count == 84);
  }

  @Test
  void imagesThatCouldNotBeDecodedAreReplacedByOthers() {
    LongUnaryOperator labelOf = id -> id % 5 == 0 ? Annotation.NO_LABEL : skewed(id);
    List<ChunkLabels> chunks = new ArrayList<>(labels(DEALING, labelOf));
    Sampling sampling = BalancedSampling.of(DEALING, CLASSES, chunks);

    List<Visit> epoch = epoch(DEALING, sampling, 0);

    assertThat(epoch).hasSize(1003).noneMatch(visit -> visit.id() % 5 == 0);
    Collections.reverse(chunks);
    assertThat(epoch(DEALING, BalancedSampling.of(DEALING, CLASSES, chunks), 0)).isEqualTo(epoch);
  }

  @Test
  void aClassThatLiesInTooFewShardsIsRefused() {
    List<ChunkLabels> chunks = labels(DEALING, id -> id == 7 ? 2 : id % 2);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> BalancedSampling.of(DEALING, CLASSES, chunks))
        .withMessageStartingWith(
            "sampling = balanced: class emu is to be drawn 334 times an epoch, but its images (1)"
                + " lie in 1 of 8 shards, which have too few draws for that; set fewer shards");
    ShardDealing single = new ShardDealing(5, 1003, 1, 10);
    LongUnaryOperator labelOf = id -> id == 7 ? 2 : id % 2;
    Sampling alone = BalancedSampling.of(single, CLASSES, labels(single, labelOf));
    assertThat(countByClass(epoch(single, alone, 0), labelOf)).containsEntry(2L, 334);
  }
}
