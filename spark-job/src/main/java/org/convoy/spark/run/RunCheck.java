package org.convoy.spark.run;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.apache.spark.SparkConf;
import org.convoy.backend.Backends;
import org.convoy.nn.Network;
import org.convoy.spark.config.JobOptions;
import org.convoy.spark.input.InputException;
import org.convoy.spark.progress.ProgressView;
import org.convoy.spark.storage.Storage;

/** Everything that can be known of a training run on the driver, in seconds and without Spark. */
public final class RunCheck {
  private final JobOptions options;
  private final Storage storage;
  private final SparkConf conf;
  private final ProgressView view;
  private final List<Finding> findings = new ArrayList<>();

  /**
   * @param conf as the run's session would have it
   * @param view where opening sources is shown if it takes long
   */
  public RunCheck(JobOptions options, Storage storage, SparkConf conf, ProgressView view) {
    this.options = options;
    this.storage = storage;
    this.conf = conf;
    this.view = view;
  }

  /**
   * Looks at everything, also behind the first error.
   *
   * @param name of the run
   * @param output where the run would write to
   */
  public List<Finding> findings(String name, String output) {
    findings.clear();
    Optional<TrainingPlan> plan = plan();
    if (plan.isPresent()) {
      ClusterShape cluster = ClusterShape.of(conf);
      describe(plan.get());
      findings.addAll(new BatchCheck(plan.get(), cluster).findings());
      plan.get().warmup().ifPresent(text -> findings.add(Finding.warning("learning rate", text)));
      findings.addAll(new MemoryCheck(plan.get(), cluster).findings());
      MemoryEstimate estimate = new MemoryEstimate(plan.get(), cluster);
      findings.addAll(new SettingsCheck(conf, estimate, cluster).findings());
    }
    vectors();
    findings.addAll(new OutputCheck(options, storage).findings(plan, name, output));
    plan.ifPresent(known -> findings.add(StepEstimate.of(known, ClusterShape.of(conf))));
    return List.copyOf(findings);
  }

  private Optional<TrainingPlan> plan() {
    try {
      return Optional.of(TrainingPlan.of(options, storage, view));
    } catch (PlanException e) {
      e.problems().forEach(this::refuse);
    } catch (InputException e) {
      e.problems().forEach(this::refuse);
    } catch (IOException | IllegalArgumentException e) {
      refuse(e.getMessage());
    }
    return Optional.empty();
  }

  private void refuse(String problem) {
    findings.add(Finding.error("images and network", problem));
  }

  private void describe(TrainingPlan plan) {
    long train = plan.train().summary().count();
    int classes = plan.setup().classCount();
    String images =
        String.format(
            Locale.ROOT, "%,d to train, of %d classes, %s", train, classes, plan.setup().image());
    findings.add(
        plan.test().isPresent()
            ? Finding.ok(
                "images",
                images
                    + String.format(
                        Locale.ROOT, "; %,d to test", plan.test().get().summary().count()))
            : Finding.warning(
                "images",
                images + "; none to test: the accuracy will not be known, set data.test"));
    Network network = plan.setup().network();
    findings.add(
        Finding.ok(
            "network",
            String.format(
                Locale.ROOT,
                "%,d parameters, %,d multiply-adds an image",
                network.parameterCount(),
                network.summary().multiplyAdds())));
  }

  private void vectors() {
    String name = Backends.best().name();
    findings.add(
        Backends.whyNoVectors()
            .map(reason -> Finding.warning("vectors", name + ", several times slower: " + reason))
            .orElseGet(() -> Finding.ok("vectors", name)));
  }
}
