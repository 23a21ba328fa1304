package org.convoy.spark.run;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.convoy.data.Annotation;
import org.convoy.nn.ParameterLayout;
import org.convoy.spark.input.ImageSetSummary;
import org.convoy.train.LocalSteps;
import org.convoy.train.Whitening;

/** What a plan tells its user before anything runs, many lines. */
final class TrainingPlanText {
  private final TrainingPlan plan;

  TrainingPlanText(TrainingPlan plan) {
    this.plan = plan;
  }

  @Override
  public String toString() {
    StringBuilder text = new StringBuilder(plan.setup().network().summary().toString());
    text.append('\n').append(line("train", describe(plan.train().summary())));
    text.append(line("test", plan.test().map(set -> describe(set.summary())).orElse("none")));
    text.append(line("steps", describeSteps()));
    plan.warmup().ifPresent(warning -> text.append(line("warning", warning)));
    plan.options()
        .initial()
        .whitening()
        .ifPresent(whitening -> text.append(line("initial", describe(whitening))));
    if (!plan.setup().rates().frozen().isEmpty()) {
      text.append(line("frozen", describeFrozen()));
    }
    if (plan.options().normalization().fromData()) {
      text.append(line("pixels", "mean and deviation by channel are those of the training images"));
    }
    text.append(line("memory", describeMemory()));
    return text.toString();
  }

  private static String line(String name, String value) {
    return String.format(Locale.ROOT, "%-7s %s\n", name + ":", value);
  }

  private static String describe(ImageSetSummary images) {
    String notes = String.join("; ", images.notes());
    return String.format(
        Locale.ROOT,
        "%,d images of %d classes%s%s, fingerprint %.12s%s",
        images.count(),
        images.classes().size(),
        images.kind() == Annotation.Kind.CLASS ? "" : " (" + images.kind() + ")",
        images.imageShape().map(shape -> ", " + shape).orElse(""),
        images.fingerprint(),
        notes.isEmpty() ? "" : " (" + notes + ")");
  }

  private String describeSteps() {
    return String.format(
        Locale.ROOT,
        "%d epochs of %,d steps of %d images%s, %,d in all%s; %d shards with %d chunks of up to %,d"
            + " images each",
        plan.options().epochs(),
        plan.setup().stepsPerEpoch(0),
        plan.options().batchSize(),
        plan.isSampledByClass() ? ", each class equally often" : "",
        plan.setup().stepsBefore(plan.options().epochs()),
        describeLocalSteps(),
        plan.options().shards(),
        plan.setup().dealing().chunksPerShard(),
        plan.setup().dealing().chunkCapacity());
  }

  private String describeLocalSteps() {
    LocalSteps local = plan.options().localSteps();
    if (!local.areTaken() || local.fromEpoch() >= plan.options().epochs()) {
      return "";
    }
    return String.format(
        Locale.ROOT,
        " (from epoch %d on %,d rounds an epoch of %d local steps)",
        local.fromEpoch() + 1,
        plan.setup().stepsPerEpoch(local.fromEpoch()),
        local.steps());
  }

  /** Filters that are known only once there are images. */
  String describe(Whitening whitening) {
    return String.format(
        Locale.ROOT,
        "the filters of %s are computed from the patches of %,d training images",
        whitening.layer(),
        Math.min(whitening.images(), plan.train().summary().count()));
  }

  private String describeFrozen() {
    List<ParameterLayout.Slice> frozen = plan.setup().rates().frozen();
    return String.format(
        Locale.ROOT,
        "%,d of %,d parameters (%s)",
        frozen.stream().mapToLong(ParameterLayout.Slice::length).sum(),
        plan.setup().network().parameterCount(),
        frozen.stream().map(ParameterLayout.Slice::name).collect(Collectors.joining(", ")));
  }

  private String describeMemory() {
    return "one task "
        + TaskMemory.ofTraining(
            plan.setup().network(), plan.setup().microBatchCapacity(), plan.options().training());
  }
}
