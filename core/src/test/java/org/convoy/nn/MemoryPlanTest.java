package org.convoy.nn;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.convoy.random.RandomKey;
import org.junit.jupiter.api.Test;

class MemoryPlanTest {
  private record Request(MemoryPlan.Buffer buffer, int size, int first, int last) {
    boolean aliveAt(int moment) {
      return first <= moment && moment <= last;
    }
  }

  @Test
  void buffersThatAreAliveTogetherNeverOverlap() {
    for (int trial = 0; trial < 300; trial++) {
      RandomKey key = RandomKey.ofSeed(trial);
      int moments = 1 + (int) key.below(0, 30);
      MemoryPlan plan = new MemoryPlan();
      List<Request> requests = new ArrayList<>();
      for (int i = 0; i < 1 + (int) key.below(1, 60); i++) {
        RandomKey item = key.with(i);
        int size = 1 + (int) item.below(0, 500);
        int first = (int) item.below(1, moments);
        int last = first + (int) item.below(2, moments - first);
        requests.add(new Request(plan.add(size, first, last), size, first, last));
      }
      long end = plan.place();
      for (int moment = 0; moment < moments; moment++) {
        assertDisjoint(requests, moment, end);
      }
    }
  }

  private static void assertDisjoint(List<Request> requests, int moment, long end) {
    boolean[] taken = new boolean[(int) end];
    for (Request request : requests) {
      if (request.aliveAt(moment)) {
        for (int i = 0; i < request.size(); i++) {
          int place = request.buffer().offset() + i;
          assertThat(taken[place]).as("float %d at moment %d", place, moment).isFalse();
          taken[place] = true;
        }
      }
    }
  }

  @Test
  void buffersThatAreNeverAliveTogetherShareMemory() {
    MemoryPlan plan = new MemoryPlan();
    MemoryPlan.Buffer first = plan.add(100, 0, 1);
    MemoryPlan.Buffer second = plan.add(160, 2, 3);
    MemoryPlan.Buffer both = plan.add(16, 1, 2);
    assertThat(plan.place()).isEqualTo(176);
    assertThat(first.offset()).isZero();
    assertThat(second.offset()).isZero();
    assertThat(both.offset()).isEqualTo(160);
  }

  @Test
  void buffersBeginAtCacheLines() {
    MemoryPlan plan = new MemoryPlan();
    List<MemoryPlan.Buffer> buffers = new ArrayList<>();
    for (int size = 1; size < 40; size++) {
      buffers.add(plan.add(size, 0, 0));
    }
    plan.place();
    assertThat(buffers).allSatisfy(buffer -> assertThat(buffer.offset() % 16).isZero());
  }

  @Test
  void nothingNeedsNoMemory() {
    assertThat(new MemoryPlan().place()).isZero();
  }
}
