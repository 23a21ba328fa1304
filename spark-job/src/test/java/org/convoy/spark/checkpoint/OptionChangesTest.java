package org.convoy.spark.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.convoy.description.Json;
import org.convoy.spark.config.JobOptions;
import org.junit.jupiter.api.Test;

class OptionChangesTest {
  private static final String RUN =
      "{\"batchSize\": 20, \"epochs\": 6, \"seed\": 1, \"evaluateEvery\": 1,"
          + " \"learningRate\": {\"type\": \"constant\", \"learningRate\": 0.1},"
          + " \"data\": {\"train\": {\"type\": \"idx\", \"images\": \"a\"}, \"chunkCapacity\": 8}}";

  @Test
  void whatMakesAnotherRunIsRefusedByName() {
    OptionChanges changes =
        changes("seed", 2, "learningRate", Map.of("type", "cosine", "learningRate", 0.1));

    assertThat(changes.refused())
        .containsExactly(
            "learningRate.type: \"constant\" in the checkpoint, \"cosine\" now",
            "seed: 1 in the checkpoint, 2 now");
    assertThat(changes.noticed()).isEmpty();
    assertThat(changes("clipNorm", 1.5).refused())
        .containsExactly("clipNorm: not given in the checkpoint, 1.5 now");
    assertThat(changes("data", Map.of("chunkCapacity", 9)).refused())
        .containsExactly("data.chunkCapacity: 8 in the checkpoint, 9 now");
  }

  @Test
  void placesSpeedAndRecordsAreFreeAndEpochsAreNoticed() {
    assertThat(
            changes("name", "x", "aggregation", "tree", "checkpoint", Map.of("keep", 5), "topK", 3)
                .refused())
        .isEmpty();
    OptionChanges longer = changes("epochs", 9);
    assertThat(longer.refused()).isEmpty();
    assertThat(longer.noticed()).containsExactly("epochs: 6 in the checkpoint, 9 now");
  }

  @Test
  void judgingMattersWhereItDecidesWhichWeightsAreKept() {
    assertThat(changes("evaluateEvery", 2).refused()).isEmpty();
    assertThat(changes("evaluationViews", "mirror").refused()).isEmpty();
    Map<String, Object> before = run();
    before.put("earlyStopping", Map.of("patience", 3));
    Map<String, Object> now = new LinkedHashMap<>(before);
    now.put("evaluateEvery", 2);
    assertThat(OptionChanges.between(before, now).refused())
        .containsExactly("evaluateEvery: 1 in the checkpoint, 2 now");
  }

  @Test
  void optionsThatAnOlderVersionDidNotKnowHaveTheirDefaults() {
    Map<String, Object> old =
        Json.parseObject("{\"batchSize\": 20, \"localSteps\": {\"steps\": 4}}");

    Map<String, Object> completed = JobOptions.completed(old);

    assertThat(Json.write(completed.get("localSteps"))).contains("\"fromEpoch\":0");
    assertThat(completed).containsEntry("batchSize", 20).containsKey("shards");
    assertThat(OptionChanges.between(completed, JobOptions.completed(completed)))
        .isEqualTo(new OptionChanges(List.of(), List.of()));
  }

  private static OptionChanges changes(Object... keysAndValues) {
    Map<String, Object> now = run();
    for (int i = 0; i < keysAndValues.length; i += 2) {
      now.put((String) keysAndValues[i], keysAndValues[i + 1]);
      if (keysAndValues[i].equals("data")) {
        Map<String, Object> data = new LinkedHashMap<>(Json.asObject(run().get("data")));
        data.putAll(Json.asObject(keysAndValues[i + 1]));
        now.put("data", data);
      }
    }
    return OptionChanges.between(run(), now);
  }

  private static Map<String, Object> run() {
    return new LinkedHashMap<>(Json.parseObject(RUN));
  }
}
