package org.convoy.spark.run;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.api.java.JavaSparkContext;
import org.convoy.augment.Normalization;
import org.convoy.nn.loss.Losses;
import org.convoy.spark.checkpoint.Resumption;
import org.convoy.spark.checkpoint.RunNotes;
import org.convoy.spark.input.PackedImages;
import org.convoy.spark.storage.OutputDirectory;

/** How to repeat a run: options, seed, versions, data. */
final class RunDescription {
  private RunDescription() {}

  static Map<String, Object> of(
      TrainingPlan plan,
      RunNotes notes,
      OutputDirectory directory,
      JavaSparkContext spark,
      PackedImages.Summary train,
      Optional<PackedImages.Summary> test,
      Optional<Resumption> resumption) {
    Map<String, Object> run = new LinkedHashMap<>();
    run.put("name", notes.options().get("name"));
    run.put("repeat", "submit/train.sh " + shown(directory) + "/" + RunRecords.RUN);
    run.put("startedAt", Instant.now().toString());
    resumption.ifPresent(
        from -> {
          run.put("resumedFrom", from.file().toString());
          run.put("resumedAfterSteps", from.state().progress().steps());
        });
    if (!notes.earlierEpochs().isEmpty()) {
      // Options alone do not repeat such a run.
      run.put("earlierEpochs", notes.earlierEpochs());
    }
    run.put("seed", plan.options().seed());
    run.put("versions", Versions.describe());
    run.put("cluster", describe(spark));
    Map<String, Object> data = new LinkedHashMap<>();
    data.put("train", describe(train));
    test.ifPresent(summary -> data.put("test", describe(summary)));
    run.put("data", data);
    if (!notes.initialWeights().isEmpty()) {
      run.put("initialWeightsSha256", notes.initialWeights());
    }
    run.put("classes", plan.train().summary().classes());
    run.put("objective", plan.setup().objective().text());
    run.put("normalization", describe(plan.setup().pipeline().normalization()));
    // With weights that the training images gave; under options it is as the recipe has it.
    run.put("loss", Losses.codec().describe(Losses.registry(), plan.setup().loss()));
    run.put("parameters", plan.setup().network().parameterCount());
    run.put("directory", directory.path().toString());
    run.put("workingDirectory", System.getProperty("user.dir"));
    run.put("options", notes.options());
    return run;
  }

  private static String shown(OutputDirectory directory) {
    String path = directory.path().toString();
    return path.startsWith("file:") ? path.substring("file:".length()) : path;
  }

  /** Without the directory, so that a repetition writes to a new one. */
  @SuppressWarnings("unchecked")
  static Map<String, Object> options(TrainingPlan plan, String name) {
    Map<String, Object> options = new LinkedHashMap<>();
    options.put("name", name);
    options.putAll(plan.options().describe());
    options.remove("output");
    options.remove("resume");
    // What the data decided, so that no later default can decide otherwise.
    Map<String, Object> data = (Map<String, Object>) options.get("data");
    data.put("channels", plan.setup().image().size(0));
    data.put("chunkCapacity", plan.setup().dealing().chunkCapacity());
    return options;
  }

  /** As it is, wherever it is from; of volumes by plane. */
  private static Map<String, Object> describe(Normalization normalization) {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("mean", normalization.mean());
    map.put("std", normalization.std());
    return map;
  }

  /** Says nothing about the result, which does not depend on it. */
  private static Map<String, Object> describe(JavaSparkContext spark) {
    Map<String, Object> cluster = new LinkedHashMap<>();
    cluster.put("master", spark.master());
    cluster.put("cores", spark.defaultParallelism());
    cluster.put("application", spark.sc().applicationId());
    return cluster;
  }

  private static Map<String, Object> describe(PackedImages.Summary images) {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("images", images.imageCount());
    map.put("undecodable", images.leftOut());
    map.put("imagesOfClass", images.classCounts().ofClass());
    map.put("imageShape", images.imageShape().toString());
    map.put("sourceFingerprint", images.source().fingerprint());
    map.put("contentSha256", images.contentHash());
    map.put("notes", images.source().notes());
    return map;
  }
}
