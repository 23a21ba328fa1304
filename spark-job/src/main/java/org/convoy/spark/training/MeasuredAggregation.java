package org.convoy.spark.training;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.convoy.train.GradientSum;
import org.convoy.train.SumTree;
import org.convoy.train.TrainingSetup;

/**
 * Tries each way for sums to travel on real steps of the run, then stays with the fastest and says
 * why. All of them give the same bits, so the trial costs a little time and changes nothing else.
 * Tries anew when the number of tasks has at least doubled or halved. Where tasks run in the
 * driver's own JVM there is nothing to try: they hand their sums over by reference.
 */
public final class MeasuredAggregation implements Aggregation {
  private static final int WARM_UP = 1;
  private static final int MEASURED = 3;

  private final TrainingSetup setup;
  private final Candidates candidates;
  private final LongSupplier nanoClock;
  private final Consumer<String> announce;
  private final List<Trial> trials = new ArrayList<>();
  private int tasks;
  private int calls;
  private boolean inThisJvm;
  private Trial chosen;
  private String reason = "not measured yet";

  /** Says what is worth trying. */
  @FunctionalInterface
  interface Candidates {
    /** At least one, for a job like this. */
    List<Aggregation> of(JavaRDD<TaskSums> parts);
  }

  /** What was seen of a candidate, in nanoseconds: steps without compute, and compute. */
  private record Trial(Aggregation aggregation, List<Long> overheads, List<Long> computes) {
    Trial(Aggregation aggregation) {
      this(aggregation, new ArrayList<>(), new ArrayList<>());
    }

    String name() {
      return aggregation.name();
    }
  }

  /**
   * @param announce takes one line whenever a choice was made
   */
  public MeasuredAggregation(TrainingSetup setup, Consumer<String> announce) {
    this.setup = setup;
    this.candidates = this::candidates;
    this.nanoClock = System::nanoTime;
    this.announce = announce;
  }

  MeasuredAggregation(
      TrainingSetup setup,
      Candidates candidates,
      LongSupplier nanoClock,
      Consumer<String> announce) {
    this.setup = setup;
    this.candidates = candidates;
    this.nanoClock = nanoClock;
    this.announce = announce;
  }

  @Override
  public List<TaskSums> collect(JavaRDD<TaskSums> parts) {
    release();
    int now = parts.getNumPartitions();
    if (trials.isEmpty() || now >= 2 * tasks || 2 * now <= tasks) {
      tasks = now;
      begin(candidates.of(parts));
    }
    return chosen == null ? measure(parts) : chosen.aggregation().collect(parts);
  }

  @Override
  public void release() {
    trials.forEach(trial -> trial.aggregation().release());
  }

  @Override
  public String name() {
    return chosen == null ? "auto" : chosen.aggregation().name();
  }

  @Override
  public String describe() {
    return name() + ": " + reason;
  }

  private void begin(List<Aggregation> worthTrying) {
    calls = 0;
    chosen = null;
    trials.clear();
    worthTrying.forEach(candidate -> trials.add(new Trial(candidate)));
    if (trials.size() == 1) {
      choose(
          trials.get(0),
          inThisJvm
              ? "tasks run in this JVM and hand their sums over by reference"
              : String.format(
                  Locale.ROOT,
                  "the only way for %d tasks with %,.1f MB each that the driver surely has room"
                      + " for",
                  tasks,
                  (double) setup.network().layout().length() * Float.BYTES / 0x1p20));
    }
  }

  private List<Aggregation> candidates(JavaRDD<TaskSums> parts) {
    inThisJvm = Loan.reachesTasks(JavaSparkContext.fromSparkContext(parts.context()));
    return inThisJvm ? List.of(new DriverAggregation()) : waysThatHaveRoom(parts);
  }

  private List<Aggregation> waysThatHaveRoom(JavaRDD<TaskSums> parts) {
    int shards = setup.dealing().shards();
    int length = setup.network().layout().length();
    SparkConf conf = parts.context().getConf();
    int threads = conf.getInt("spark.task.cpus", 1);
    SumTraffic traffic = new SumTraffic(shards, parts.getNumPartitions(), threads, length);
    long limit = conf.getSizeAsBytes("spark.driver.maxResultSize", "1g");
    DriverRoom room =
        DriverRoom.of(
            Runtime.getRuntime().maxMemory(),
            parts.context().isLocal(),
            traffic.vector(),
            limit > 0 ? limit : Long.MAX_VALUE);
    return traffic.ways(room).stream().map(this::aggregation).toList();
  }

  private Aggregation aggregation(SumTraffic.Way way) {
    int shards = setup.dealing().shards();
    return switch (way) {
      case DRIVER -> new DriverAggregation();
      case TREE -> new TreeAggregation(shards);
      case SLICED ->
          new SlicedAggregation(shards, setup.network().layout().length(), setup.gradientFormat());
    };
  }

  /** A way that fails is left out, as long as there is another one by which the step succeeds. */
  private List<TaskSums> measure(JavaRDD<TaskSums> parts) {
    List<Exception> failures = new ArrayList<>();
    while (true) {
      Trial trial = trials.get(calls % trials.size());
      try {
        return measure(trial, parts);
      } catch (Exception e) {
        failures.forEach(e::addSuppressed);
        if (trials.size() == 1 || Thread.currentThread().isInterrupted()) {
          throw e;
        }
        failures.add(e);
        leaveOut(trial, e);
      }
    }
  }

  /** The others have taken as many turns as whole rounds are over. */
  private void leaveOut(Trial trial, Exception failure) {
    announce.accept(
        "warning: sums do not travel by " + trial.name() + " here: " + failure.getMessage());
    int rounds = calls / trials.size();
    trial.aggregation().release();
    trials.remove(trial);
    calls = rounds * trials.size();
    if (trials.size() == 1) {
      choose(trials.get(0), "the only way that did not fail");
    }
  }

  private List<TaskSums> measure(Trial trial, JavaRDD<TaskSums> parts) {
    long start = nanoClock.getAsLong();
    TaskSums all = close(trial.aggregation().collect(parts));
    long nanos = nanoClock.getAsLong() - start;
    if (calls / trials.size() >= WARM_UP) {
      trial.overheads().add(Math.max(0, nanos - all.timing().compute()));
      trial.computes().add(all.timing().compute());
    }
    calls++;
    if (calls == trials.size() * (WARM_UP + MEASURED)) {
      chooseTheFastest();
    }
    return List.of(all);
  }

  /** What is left to the driver differs from way to way, so it belongs to the time. */
  private TaskSums close(List<TaskSums> sums) {
    int shards = setup.dealing().shards();
    int height = Integer.numberOfTrailingZeros(shards);
    List<SumTree.Node> root =
        SumTree.close(shards, TaskSums.nodesOf(sums)).stream()
            .map((GradientSum sum) -> new SumTree.Node(height, 0, sum))
            .toList();
    long compute = sums.stream().mapToLong(part -> part.timing().compute()).max().orElse(0);
    return new TaskSums(root, TaskTiming.ofCompute(compute));
  }

  private void chooseTheFastest() {
    long compute = median(trials.stream().flatMap(trial -> trial.computes().stream()).toList());
    Trial fastest =
        trials.stream()
            .min(Comparator.comparingLong((Trial trial) -> median(trial.overheads())))
            .orElseThrow();
    String others =
        trials.stream()
            .filter(trial -> !trial.name().equals(fastest.name()))
            .map(trial -> milliseconds(compute + median(trial.overheads())) + " by " + trial.name())
            .collect(Collectors.joining(", "));
    choose(
        fastest,
        String.format(
            Locale.ROOT,
            "%s a step expected with %d tasks, %s of it compute; %s",
            milliseconds(compute + median(fastest.overheads())),
            tasks,
            milliseconds(compute),
            others));
  }

  private void choose(Trial trial, String why) {
    chosen = trial;
    reason = why;
    announce.accept("sums travel by " + describe());
  }

  private static String milliseconds(long nanos) {
    return String.format(Locale.ROOT, "%,.1f ms", nanos * 1e-6);
  }

  private static long median(List<Long> values) {
    long[] sorted = values.stream().mapToLong(Long::longValue).toArray();
    Arrays.sort(sorted);
    return sorted[sorted.length / 2];
  }
}
