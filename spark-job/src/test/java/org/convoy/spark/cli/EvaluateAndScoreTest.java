package org.convoy.spark.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.convoy.description.Json;
import org.convoy.spark.testing.SparkTest;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@SparkTest
class EvaluateAndScoreTest {
  @TempDir private Path folder;

  private Path recipe;
  private String model;

  @BeforeEach
  void train(SparkSession session) throws IOException {
    recipe = TinyData.writeRecipe(folder);
    Path run = folder.resolve("run");
    CommandLineRun train =
        CommandLineRun.in(session, "train", recipe.toString(), "output.directory=" + run);
    assertThat(train.err()).isEmpty();
    model = "model=" + run.resolve("model.safetensors");
  }

  @Test
  void evaluationPrintsTheConfusionTable(SparkSession session) {
    CommandLineRun evaluate = CommandLineRun.in(session, "evaluate", recipe.toString(), model);

    assertThat(evaluate.err()).isEmpty();
    assertThat(evaluate.status()).isZero();
    assertThat(evaluate.out())
        .startsWith(
            """
            rows: class of the image, columns: taken for
                           0   1   recall
              0 row       20   0  100.0 %
              1 column     0  20  100.0 %
            precision, % 100 100
            """)
        .contains("40 images: accuracy 100.00 %, top 2 100.00 %, loss ");
  }

  @Test
  void evaluationNeedsTheModelAndImagesAlone(SparkSession session) throws IOException {
    Path result = folder.resolve("evaluation");

    CommandLineRun evaluate =
        CommandLineRun.in(
            session,
            "evaluate",
            model,
            "data.test={type=idx, images=\"%s/train-images\", labels=\"%s/train-labels\","
                    .formatted(folder, folder)
                + " classes=[row, column]}",
            "output.directory=" + result);

    assertThat(evaluate.err()).isEmpty();
    Map<String, Object> json =
        Json.parseObject(Files.readString(result.resolve("evaluation.json")));
    assertThat(json)
        .containsEntry("images", 240L)
        .containsEntry("undecodable", 0L)
        .containsEntry("accuracy", 1.0)
        .containsEntry("top2", 1.0)
        .containsEntry("classes", List.of("row", "column"))
        .containsEntry("confusion", List.of(List.of(120L, 0L), List.of(0L, 120L)))
        .containsKey("loss");
  }

  @Test
  void severalViewsOfAnImageAreJudgedAsOne(SparkSession session) throws IOException {
    Path single = folder.resolve("single");
    Path several = folder.resolve("several");

    evaluate(session, single, "single");
    CommandLineRun evaluate = evaluate(session, several, "mirror-shift");

    assertThat(evaluate.err()).isEmpty();
    Map<String, Object> json =
        Json.parseObject(Files.readString(several.resolve("evaluation.json")));
    assertThat(json).containsEntry("images", 40L).containsEntry("views", "mirror-shift");
    assertThat(json.get("loss"))
        .isNotEqualTo(
            Json.parseObject(Files.readString(single.resolve("evaluation.json"))).get("loss"));
    CommandLineRun refused = evaluate(session, folder.resolve("ten"), "ten-crop");
    assertThat(refused.status()).isEqualTo(2);
    assertThat(refused.err()).startsWith("error: ten-crop needs a random-crop that is smaller");
  }

  private CommandLineRun evaluate(SparkSession session, Path output, String views) {
    return CommandLineRun.in(
        session,
        "evaluate",
        recipe.toString(),
        model,
        "evaluationViews=" + views,
        "output.directory=" + output);
  }

  @Test
  void imagesForWhichAnEvaluationIsRefusedAreListed(SparkSession session) throws IOException {
    Path images = folder.resolve("images");
    Files.createDirectories(images.resolve("column"));
    Files.writeString(images.resolve("column/broken.png"), "no picture");
    Path output = folder.resolve("refused");

    CommandLineRun evaluate =
        CommandLineRun.in(
            session,
            "evaluate",
            recipe.toString(),
            model,
            "data.test={type=folder,root=\"" + images + "\"}",
            "output.directory=" + output);

    assertThat(evaluate.status()).isEqualTo(2);
    assertThat(evaluate.err())
        .contains("1 of 1 images (100.0 %) cannot be used")
        .contains("all of them are listed in file:" + output + "/quarantine.jsonl");
    assertThat(Files.readString(output.resolve("quarantine.jsonl")))
        .startsWith("{\"set\":\"test\",\"id\":0,\"path\":\"file:" + images);
  }

  @Test
  void otherClassesAreRefused(SparkSession session) {
    CommandLineRun evaluate =
        CommandLineRun.in(
            session, "evaluate", recipe.toString(), model, "data.test.classes=[row, colum]");

    assertThat(evaluate.status()).isEqualTo(2);
    assertThat(evaluate.err())
        .startsWith("error: there are images of class 'colum', but the expected classes are row,")
        .contains("did you mean 'column'?");
  }

  @Test
  void scoresAreARowAnImage(SparkSession session) throws IOException {
    Path pictures = folder.resolve("pictures");
    Pictures.writePng(pictures.resolve("one.png"), 8, 8);
    Pictures.writePng(pictures.resolve("deep/two.png"), 8, 8);
    Files.writeString(pictures.resolve("broken.png"), "no picture");
    Path scores = folder.resolve("scores");

    CommandLineRun score =
        CommandLineRun.in(
            session,
            "score",
            model,
            "source={type=folder, labels=none, root=\"" + pictures + "\"}",
            "output.directory=" + scores,
            "topK=1");

    assertThat(score.err()).isEmpty();
    assertThat(score.status()).isZero();
    assertThat(score.out())
        .isEqualTo(
            """
            scoring 3 images
            2 rows: %s/predictions
            1 images could not be used: %s/quarantine
                   1  the content is no JPEG, PNG, GIF, BMP, WebP or TIFF
            """
                .formatted(scores, scores));
    Dataset<Row> rows = session.read().parquet(scores.resolve("predictions").toString());
    assertThat(rows.select("key").collectAsList())
        .extracting(row -> row.getString(0).replaceFirst(".*/pictures/", ""))
        .containsExactlyInAnyOrder("one.png", "deep/two.png");
    assertThat(session.read().parquet(scores.resolve("quarantine").toString()).count()).isOne();
  }

  @Test
  void picturesOfAnySizeAreScoredWithAResizeOfTheirOwn(SparkSession session) throws IOException {
    Path pictures = folder.resolve("others");
    Pictures.writePng(pictures.resolve("dog/large.png"), 20, 30);
    String source = "source={type=folder, root=\"" + pictures + "\"}";
    String output = "output.directory=" + folder.resolve("resized");

    CommandLineRun misfit = CommandLineRun.in(session, "score", model, source, output);
    CommandLineRun wrong =
        CommandLineRun.in(session, "score", model, source, output, "data.resize={size=9}");
    CommandLineRun right =
        CommandLineRun.in(
            session, "score", model, source, output + "2", "data.resize={size=8, fit=stretch}");

    assertThat(misfit.status()).isEqualTo(2);
    assertThat(misfit.err())
        .isEqualTo(
            "error: none of the images could be classified; %s/quarantine says why\n"
                .formatted(folder.resolve("resized")));
    assertThat(wrong.status()).isEqualTo(2);
    assertThat(wrong.err())
        .isEqualTo(
            "error: data.resize gives images of 1x9x9, but the model was trained on 1x8x8;"
                + " leave data.resize out or set its size to that\n");
    assertThat(right.status()).isZero();
    assertThat(right.out())
        .contains("no label for images of classes that the model does not know: dog\n")
        .contains("1 rows: ");
  }

  @Test
  void scoresOfLabeledImagesAreCounted(SparkSession session) {
    CommandLineRun score =
        CommandLineRun.in(
            session,
            "score",
            recipe.toString(),
            model,
            "source=${data.test}",
            "format=csv",
            "output.directory=" + folder.resolve("scores"));

    assertThat(score.err()).isEmpty();
    assertThat(score.out()).endsWith("of 40 labeled images 100.00 % are classified right\n");
    assertThat(
            session
                .read()
                .option("header", true)
                .csv(folder.resolve("scores/predictions").toString())
                .columns())
        .contains("key", "predicted", "top2", "probability2");
  }

  @Test
  void damagedModelIsRefused() throws IOException {
    Path damaged = Files.writeString(folder.resolve("damaged"), "nothing of a model, truly");

    CommandLineRun evaluate = CommandLineRun.of("evaluate", recipe.toString(), "model=" + damaged);

    assertThat(evaluate.status()).isEqualTo(2);
    assertThat(evaluate.err()).startsWith("error: file:" + damaged + ": ");
  }

  @Test
  void missingModelIsRefused() {
    CommandLineRun evaluate = CommandLineRun.of("evaluate", recipe.toString(), "model=gone");

    assertThat(evaluate.status()).isEqualTo(2);
    assertThat(evaluate.err())
        .startsWith("error: model file:")
        .endsWith("/gone: there is no such file\n");
  }
}
