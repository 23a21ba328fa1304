package org.convoy.spark.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.EnumMap;
import java.util.Map;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class StepModelTest {
  private static final Costs COSTS = Costs.measured(100);

  /** Fast enough not to count: the points were measured over the loopback interface. */
  private static final double LOOPBACK_GIGABITS = 100;

  private static final double NEAR = 1.5;

  /** Ways whose measured steps are closer than that are of equal worth. */
  private static final double APART = 1.3;

  /**
   * Medians of steps without compute, in milliseconds, of eight shards on two executors of one
   * 2-core machine ({@code SparkStepTable --standalone 2 --sums driver,tree,sliced}).
   */
  @ParameterizedTest
  @CsvSource({
    "62000, 10.4, 25.0, 26.6",
    "272000, 21.6, 37.4, 41.8",
    "1000000, 38.6, 65.1, 63.0",
    "10000000, 213.9, 338.8, 432.8"
  })
  void itIsNearTheMeasuredStepsOfEveryWayAndInTheirOrder(
      long parameters, double driver, double tree, double sliced) {
    Map<Strategy, Double> measured =
        Map.of(Strategy.DRIVER, driver, Strategy.TREE, tree, Strategy.SLICED, sliced);
    Map<Strategy, Double> planned = new EnumMap<>(Strategy.class);
    measured.keySet().forEach(way -> planned.put(way, withoutCompute(way, parameters)));

    planned.forEach(
        (way, milliseconds) ->
            assertThat(milliseconds)
                .as(way.toString())
                .isBetween(measured.get(way) / NEAR, measured.get(way) * NEAR));
    for (Strategy slow : Strategy.values()) {
      for (Strategy fast : Strategy.values()) {
        if (measured.get(slow) > APART * measured.get(fast)) {
          assertThat(planned.get(slow)).as(slow + " and " + fast).isGreaterThan(planned.get(fast));
        }
      }
    }
  }

  private static double withoutCompute(Strategy way, long parameters) {
    StepTime time =
        new StepModel(new Workload(parameters, 0, 8, 8, 4), COSTS)
            .time(way, new Cluster(2, 1, LOOPBACK_GIGABITS));
    return 1e3 * (time.total() - time.compute());
  }

  @Test
  void twentyFiveMillionParametersTakeTheDriverAboutHalfASecond() {
    assertThat(withoutCompute(Strategy.DRIVER, 25_000_000)).isBetween(400.0, 600.0);
  }

  @Test
  void eightTasksCostAboutAMillisecondMoreThanTwo() {
    Cluster two = new Cluster(2, 4, LOOPBACK_GIGABITS);
    double of2 = scheduling(new Workload(1, 0, 8, 2, 4), two);
    double of8 = scheduling(new Workload(1, 0, 8, 8, 4), two);

    assertThat(1e3 * (of8 - of2)).isBetween(0.5, 2.0);
  }

  @Test
  void onlyManyParametersAreAnnounced() {
    Costs free = new Costs(0, 0, 2e-3, 0, 0, Double.MAX_VALUE, Double.MAX_VALUE, 1e9);
    Cluster one = new Cluster(1, 1, 1e9);

    assertThat(new StepModel(work(62_000, 4), free).time(Strategy.DRIVER, one).broadcast())
        .isLessThan(1e-6);
    assertThat(new StepModel(work(272_000, 4), free).time(Strategy.DRIVER, one).broadcast())
        .isBetween(2e-3, 2.001e-3);
  }

  private static double scheduling(Workload work, Cluster cluster) {
    return new StepModel(work, COSTS).time(Strategy.DRIVER, cluster).scheduling();
  }

  @Test
  void smallSumsGoToTheDriverAndLargeOnesInSlices() {
    assertThat(best(62_000, 2)).isEqualTo(Strategy.DRIVER);
    assertThat(best(62_000, 16)).isEqualTo(Strategy.DRIVER);
    assertThat(best(138_357_544, 16)).isEqualTo(Strategy.SLICED);
    assertThat(best(138_357_544, 64)).isEqualTo(Strategy.SLICED);
    assertThat(best(1_000_000, 1000)).isNotEqualTo(Strategy.DRIVER);
  }

  private static Strategy best(long parameters, int executors) {
    return new StepModel(work(parameters, 4), COSTS).best(new Cluster(executors, 1, 10));
  }

  @ParameterizedTest
  @EnumSource
  void itGrowsAsTheStrategyMakesItGrow(Strategy strategy) {
    StepModel model = new StepModel(work(25_000_000, 4), COSTS);
    double at16 = model.time(strategy, new Cluster(16, 1, 10)).sums();
    double at64 = model.time(strategy, new Cluster(64, 1, 10)).sums();

    switch (strategy) {
      case DRIVER -> assertThat(at64 / at16).isCloseTo(4, Percentage.withPercentage(15));
      case TREE -> assertThat(at64 / at16).isBetween(1.3, 2.2);
      case SLICED -> assertThat(at64 / at16).isBetween(0.7, 1.3);
    }
  }

  @ParameterizedTest
  @EnumSource
  void moreOfEachThingCostsMoreOrLess(Strategy strategy) {
    Cluster cluster = new Cluster(16, 4, 10);
    double base = seconds(strategy, work(10_000_000, 4), cluster);

    assertThat(seconds(strategy, work(20_000_000, 4), cluster)).isGreaterThan(base);
    assertThat(seconds(strategy, work(10_000_000, 4), new Cluster(16, 4, 1))).isGreaterThan(base);
    assertThat(
            new StepModel(work(10_000_000, 4), Costs.measured(50)).time(strategy, cluster).total())
        .isGreaterThan(base);
    Cluster allCores = new Cluster(256, 4, 10);
    assertThat(seconds(strategy, work(10_000_000, 2), allCores))
        .isLessThan(seconds(strategy, work(10_000_000, 4), allCores));
  }

  @Test
  void partsAddUpAndEfficiencyIsComputeOfAllCores() {
    Workload work = work(1_000_000, 4);
    StepModel model = new StepModel(work, COSTS);
    Cluster cluster = new Cluster(8, 4, 10);
    StepTime time = model.time(Strategy.TREE, cluster);

    assertThat(time.total())
        .isEqualTo(
            time.broadcast() + time.scheduling() + time.compute() + time.sums() + time.update());
    assertThat(model.efficiency(Strategy.TREE, cluster))
        .isCloseTo(4096 * 1e9 / 100e9 / 32 / time.total(), Percentage.withPercentage(1e-6));
    assertThat(model.efficiency(Strategy.TREE, new Cluster(1, 1, 10))).isBetween(0.9, 1.0);
  }

  @Test
  void nodesAreThoseThatTasksClose() {
    Workload work = new Workload(1, 0, 8, 8, 4);
    assertThat(work.nodes(1)).isEqualTo(1);
    assertThat(work.nodes(2)).isEqualTo(2);
    // 0-1, 2-4, 5-7: one, two and two aligned ranges.
    assertThat(work.nodes(3)).isEqualTo(5);
    assertThat(work.nodes(8)).isEqualTo(8);
  }

  @Test
  void theTableHasALineForEachDoublingAndSaysWhenCoresAreIdle() {
    String table =
        PlanTable.of(new Workload(62_006, 2.5e6, 512, 8, 4), COSTS, new Cluster(6, 4, 10));

    assertThat(table.lines().map(line -> line.strip().replaceAll(" .*", "")))
        .containsExactly("62,006", "", "executors", "1", "2", "4", "6", "", "Only");
    assertThat(table).contains("Only 8 of 24 cores have work");
  }

  @Test
  void numbersOutOfRangeAreRefused() {
    assertThatThrownBy(() -> new Cluster(0, 1, 10))
        .hasMessage(
            "expected at least 1 executor and 1 core, and a network above 0 Gbit/s, got 0, 1 and"
                + " 10.0");
    assertThatThrownBy(() -> new Workload(1, 1, 1, 3, 4))
        .hasMessageContaining("a power of two of shards, got 1, 1 and 3");
    assertThatThrownBy(() -> new Workload(1, 1, 1, 4, 3))
        .hasMessageContaining("2 or 4 bytes a number, got 1.0 and 3");
    assertThatThrownBy(() -> Costs.measured(Double.NaN))
        .hasMessage("expected more than 0 GFLOP/s, got NaN");
  }

  private static double seconds(Strategy strategy, Workload work, Cluster cluster) {
    return new StepModel(work, COSTS).time(strategy, cluster).total();
  }

  /** A gigaflop an image, 4,096 images in 1,024 shards. */
  private static Workload work(long parameters, int wireBytes) {
    return new Workload(parameters, 1e9, 4096, 1024, wireBytes);
  }
}
