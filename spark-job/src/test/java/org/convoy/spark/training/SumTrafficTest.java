package org.convoy.spark.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.convoy.spark.training.SumTraffic.Load;
import org.convoy.spark.training.SumTraffic.Way;
import org.junit.jupiter.api.Test;

class SumTrafficTest {
  private static final int MILLION = 1_000_000;
  private static final long VECTOR = 4L * MILLION;
  private static final long GIGABYTE = 1L << 30;

  @Test
  void tasksThatDivideTheShardsSendASumEach() {
    SumTraffic traffic = new SumTraffic(32, 16, 1, MILLION);

    assertThat(traffic.load(Way.DRIVER)).isEqualTo(new Load(16, VECTOR, 16 * VECTOR));
    assertThat(traffic.load(Way.TREE)).isEqualTo(new Load(4, VECTOR, 4 * VECTOR));
    assertThat(traffic.load(Way.SLICED)).isEqualTo(new Load(16, VECTOR / 16, VECTOR));
    assertThat(traffic.load(Way.DRIVER).total()).isEqualTo((16 + 2 * 4) * VECTOR);
    assertThat(traffic.load(Way.SLICED).total()).isEqualTo(VECTOR + 2 * 4 * VECTOR / 16);
  }

  @Test
  void tasksAndThreadsThatDoNotDivideThemSendMore() {
    // 0-1, 2-4, 5-7: one, two and two aligned ranges.
    SumTraffic three = new SumTraffic(8, 3, 1, MILLION);
    assertThat(three.load(Way.DRIVER)).isEqualTo(new Load(3, 2 * VECTOR, 5 * VECTOR));
    // Two threads have four shards each, and close a node each.
    SumTraffic threads = new SumTraffic(8, 1, 2, MILLION);
    assertThat(threads.load(Way.DRIVER)).isEqualTo(new Load(1, 2 * VECTOR, 2 * VECTOR));
    assertThat(threads.largestResult()).isEqualTo(2 * VECTOR);
  }

  @Test
  void slicesHaveALargestSize() {
    Load load = new SumTraffic(2, 2, 1, 100 * MILLION).load(Way.SLICED);

    assertThat(load.results()).isEqualTo(24);
    assertThat(load.largest()).isLessThanOrEqualTo(4L * SlicedAggregation.LARGEST_SLICE);
  }

  @Test
  void whatTheDriverHasNoRoomForIsNotTried() {
    SumTraffic sixteen = new SumTraffic(32, 16, 1, MILLION);
    long driver = sixteen.load(Way.DRIVER).total();
    long tree = sixteen.load(Way.TREE).total();

    assertThat(sixteen.ways(new DriverRoom(driver, GIGABYTE)))
        .containsExactly(Way.DRIVER, Way.TREE, Way.SLICED);
    assertThat(sixteen.ways(new DriverRoom(driver - 1, GIGABYTE)))
        .containsExactly(Way.TREE, Way.SLICED);
    assertThat(sixteen.ways(new DriverRoom(tree - 1, GIGABYTE))).containsExactly(Way.SLICED);
    assertThat(sixteen.ways(new DriverRoom(driver, 16 * VECTOR)))
        .as("more results than Spark takes")
        .containsExactly(Way.TREE, Way.SLICED);
    assertThat(new SumTraffic(32, 2, 1, MILLION).ways(new DriverRoom(driver, GIGABYTE)))
        .containsExactly(Way.DRIVER, Way.SLICED);
    assertThat(new SumTraffic(32, 1, 1, MILLION).ways(new DriverRoom(0, 0)))
        .containsExactly(Way.DRIVER);
  }

  @Test
  void aDriverWithTwoGigabytesTakesTheSumsOfAlexNetInSlices() {
    SumTraffic alexNet = new SumTraffic(8, 2, 1, 61_100_840);

    assertThat(alexNet.ways(room(alexNet, 2, false))).containsExactly(Way.SLICED);
    assertThat(alexNet.ways(room(alexNet, 4, false))).containsExactly(Way.DRIVER, Way.SLICED);
    assertThat(alexNet.ways(room(alexNet, 4, true))).containsExactly(Way.SLICED);
  }

  private static DriverRoom room(SumTraffic traffic, int gigabytes, boolean computes) {
    return DriverRoom.of(gigabytes * GIGABYTE, computes, traffic.vector(), Long.MAX_VALUE);
  }

  @Test
  void moreTasksThanShardsAreRefused() {
    assertThatThrownBy(() -> new SumTraffic(8, 9, 1, 10))
        .hasMessage("expected at least 1 thread and 1 to 8 tasks for as many shards, got 1 and 9");
  }
}
