package org.convoy.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

class SumTreeTest {
  private static final int LENGTH = 5;

  @Test
  void theRootHasTheSameBitsHoweverShardsAreDealtToTasks() {
    Random random = new Random(11);
    for (int trial = 0; trial < 200; trial++) {
      int shards = 1 << random.nextInt(6);
      float[][] leaves = leaves(shards, random);
      GradientSum expected = recursively(leaves, 0, shards);

      List<SumTree.Node> nodes = new ArrayList<>();
      int first = 0;
      while (first < shards) {
        int end = first + 1 + random.nextInt(shards - first);
        nodes.addAll(task(leaves, first, end));
        first = end;
      }
      Collections.shuffle(nodes, random);
      Optional<GradientSum> root = SumTree.close(shards, nodes);

      assertThat(root.isPresent()).isEqualTo(expected != null);
      if (expected != null) {
        assertThat(root.get().gradient()).containsExactly(expected.gradient());
        assertThat(root.get().loss()).isEqualTo(expected.loss());
        assertThat(root.get().examples()).isEqualTo(expected.examples());
      }
    }
  }

  @Test
  void nodesAreCountedWithoutSums() {
    for (int first = 0; first < 16; first++) {
      for (int end = first + 1; end <= 16; end++) {
        assertThat(SumTree.nodesOf(first, end))
            .as("%d to %d", first, end)
            .isEqualTo(task(leavesOfOnes(16), first, end).size());
      }
    }
  }

  @Test
  void anAbsentLeafLetsTheOtherChildPassUp() {
    float[][] leaves = new float[4][];
    leaves[2] = new float[] {-0f, 1, 2, 3, 4};

    GradientSum root = SumTree.close(4, task(leaves, 0, 4)).orElseThrow();

    assertThat(Float.floatToRawIntBits(root.gradient()[0])).isEqualTo(0x80000000);
    assertThat(root.examples()).isEqualTo(1);
  }

  @Test
  void aTaskClosesTheFewestNodes() {
    float[][] leaves = leavesOfOnes(8);
    assertThat(task(leaves, 0, 8)).hasSize(1);
    assertThat(task(leaves, 1, 8))
        .extracting(node -> node.level() + ":" + node.index())
        .containsExactly("0:1", "1:1", "2:1");
  }

  @Test
  void aBuilderUsesItsMemoryAgain() {
    SumTree.Builder builder = new SumTree.Builder(LENGTH);
    float[][] leaves = leavesOfOnes(16);
    List<float[]> seen = new ArrayList<>();
    for (int round = 0; round < 10; round++) {
      builder.start(0);
      for (int shard = 0; shard < 16; shard++) {
        GradientSum sum = builder.borrow();
        if (seen.stream().noneMatch(array -> array == sum.gradient())) {
          seen.add(sum.gradient());
        }
        sum.add(new GradientSum(leaves[shard], 1, 1, 0));
        builder.add(shard, sum);
      }
      assertThat(builder.nodes().get(0).sum().gradient()[0]).isEqualTo(16);
    }
    assertThat(seen).hasSizeLessThanOrEqualTo(5);
  }

  @Test
  void overlappingNodesAreRefused() {
    List<SumTree.Node> nodes = new ArrayList<>(task(leavesOfOnes(4), 0, 4));
    nodes.addAll(task(leavesOfOnes(4), 3, 4));
    assertThatThrownBy(() -> SumTree.close(4, nodes))
        .hasMessage("1 sums lie outside or below other sums of a tree of 4");
  }

  @Test
  void shardsOutOfOrderAreRefused() {
    SumTree.Builder builder = new SumTree.Builder(LENGTH);
    builder.start(2);
    assertThatThrownBy(() -> builder.add(3, builder.borrow()))
        .hasMessage("expected shard 2, got shard 3");
  }

  private static List<SumTree.Node> task(float[][] leaves, int first, int end) {
    SumTree.Builder builder = new SumTree.Builder(LENGTH);
    builder.start(first);
    for (int shard = first; shard < end; shard++) {
      float[] leaf = leaves[shard];
      builder.add(
          shard, leaf == null ? builder.borrow() : new GradientSum(leaf.clone(), 1, leaf[1], 0));
    }
    return builder.nodes();
  }

  private static GradientSum recursively(float[][] leaves, int first, int count) {
    if (count == 1) {
      float[] leaf = leaves[first];
      return leaf == null ? null : new GradientSum(leaf.clone(), 1, leaf[1], 0);
    }
    GradientSum left = recursively(leaves, first, count / 2);
    GradientSum right = recursively(leaves, first + count / 2, count / 2);
    if (left == null) {
      return right;
    }
    if (right != null) {
      left.add(right);
    }
    return left;
  }

  private static float[][] leaves(int shards, Random random) {
    float[][] leaves = new float[shards][];
    for (int shard = 0; shard < shards; shard++) {
      if (random.nextInt(4) > 0) {
        leaves[shard] = new float[LENGTH];
        for (int i = 0; i < LENGTH; i++) {
          leaves[shard][i] = (float) (random.nextGaussian() * 1000);
        }
      }
    }
    return leaves;
  }

  private static float[][] leavesOfOnes(int shards) {
    float[][] leaves = new float[shards][LENGTH];
    for (float[] leaf : leaves) {
      java.util.Arrays.fill(leaf, 1);
    }
    return leaves;
  }
}
