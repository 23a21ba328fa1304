package org.convoy.spark.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.apache.spark.sql.SparkSession;
import org.convoy.description.Json;
import org.convoy.spark.testing.SparkLayout;
import org.convoy.spark.testing.SparkLayouts;
import org.convoy.spark.testing.SparkTest;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Training on 150 rows and 30 columns, by the command line. */
@SparkTest
class BalancedRunTest {
  private static final String BALANCED = "loss={type=cross-entropy,classWeights=balanced}";
  private static final String SAMPLED = "sampling=balanced";
  private static final String EPOCHS = "epochs=2";

  @TempDir private Path folder;

  private Path recipe;

  @BeforeEach
  void writeSkewedData() throws IOException {
    recipe = TinyData.writeRecipe(folder);
    int[] numbers = IntStream.range(0, 300).filter(i -> i % 2 == 0 || i % 10 == 1).toArray();
    TinyData.write(folder, "train", numbers);
  }

  @Test
  void balancedWeightsAreThoseThatOneWouldCompute(SparkSession session) throws IOException {
    CommandLineRun balanced = train(session, "balanced", BALANCED);
    train(session, "given", "loss={type=cross-entropy,classWeights=[0.6,3.0]}");

    assertThat(balanced.progress())
        .anySatisfy(
            line ->
                assertThat(line)
                    .isEqualTo(
                        "loss, balanced by 180 images: {\"type\":\"cross-entropy\","
                            + "\"labelSmoothing\":0.0,\"classWeights\":[0.6,3.0]}"));
    assertThat(hash("balanced")).isEqualTo(hash("given"));
    Map<String, Object> record = json("balanced/run.json");
    assertThat(Json.write(record.get("loss"))).contains("\"classWeights\":[0.6,3.0]");
    assertThat(Json.write(record.get("options"))).contains("\"classWeights\":\"balanced\"");
    assertThat(Json.write(record.get("data"))).contains("\"imagesOfClass\":[150,30]");
  }

  @Test
  void aRunThatGoesOnBalancesAsBefore(SparkSession session) throws IOException {
    train(session, "whole", BALANCED);
    train(session, "parts", BALANCED, "maxMinutes=0.00001");

    CommandLineRun last = train(session, "parts", BALANCED, "resume=auto", "data.partitions=3");

    assertThat(last.progress()).anyMatch(line -> line.startsWith("going on after 1 of 18 steps"));
    assertThat(hash("parts")).isEqualTo(hash("whole"));
  }

  @Test
  void aClassWithoutImagesCannotBeBalanced(SparkSession session) {
    CommandLineRun refused =
        run(
            session,
            "refused",
            BALANCED,
            "data.train.classes=[row,column,diagonal]",
            "data.test.classes=[row,column,diagonal]",
            "network.nodes=[{name=flat,type=flatten},{name=fc,type=linear,outFeatures=3}]");

    assertThat(refused.status()).isEqualTo(2);
    assertThat(refused.err())
        .contains("classWeights = balanced: of the 180 training images that could be decoded none")
        .contains("is of class diagonal");
  }

  @Test
  void balancedSamplingGivesTheSameBytesOnAnyLayoutAndAfterAStop() throws IOException {
    Set<Object> hashes = new LinkedHashSet<>();
    for (int threads : new int[] {1, 2}) {
      try (SparkLayout layout = SparkLayouts.local(threads)) {
        SparkSession session = layout.session();
        for (int partitions : new int[] {1, 5}) {
          String name = "on-" + threads + "-" + partitions;
          train(session, name, SAMPLED, "data.partitions=" + partitions);
          hashes.add(hash(name));
        }
        train(session, "parts", SAMPLED, "maxMinutes=0.00001", "resume=auto");
      }
    }
    try (SparkLayout layout = SparkLayouts.local(2)) {
      CommandLineRun last = train(layout.session(), "parts", SAMPLED, "resume=auto");
      assertThat(last.progress()).anyMatch(line -> line.startsWith("going on after 2 of 18 steps"));
    }
    hashes.add(hash("parts"));

    assertThat(hashes).hasSize(1);
    assertThat(json("parts/result.json")).containsEntry("images", 360L).containsEntry("steps", 18L);
  }

  @Test
  void balancedSamplingIsAChoiceOfTheRecipe(SparkSession session) throws IOException {
    CommandLineRun sampled = train(session, "sampled", SAMPLED);
    train(session, "shuffled");

    assertThat(sampled.out())
        .contains("steps:  2 epochs of 9 steps of 20 images, each class equally often, 18 in all;");
    assertThat(hash("sampled")).isNotEqualTo(hash("shuffled"));
    assertThat(Json.write(json("sampled/run.json").get("options")))
        .contains("\"sampling\":\"balanced\"");
  }

  private CommandLineRun train(SparkSession session, String name, String... more) {
    CommandLineRun run = run(session, name, more);
    assertThat(run.err()).isEmpty();
    assertThat(run.status()).isZero();
    return run;
  }

  private CommandLineRun run(SparkSession session, String name, String... more) {
    List<String> words =
        new ArrayList<>(
            List.of(
                "train",
                recipe.toString(),
                "output.directory=" + folder.resolve(name),
                EPOCHS,
                "evaluateEvery=0"));
    words.addAll(List.of(more));
    return CommandLineRun.in(session, words.toArray(String[]::new));
  }

  private Object hash(String name) throws IOException {
    return json(name + "/result.json").get("modelSha256");
  }

  private Map<String, Object> json(String file) throws IOException {
    return Json.parseObject(Files.readString(folder.resolve(file)));
  }
}
