package org.convoy.spark.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.imageio.ImageIO;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.convoy.spark.config.JobKind;
import org.convoy.spark.config.JobOptions;
import org.convoy.spark.config.Recipe;
import org.convoy.spark.input.DataFrameSource;
import org.convoy.spark.input.FolderSource;
import org.convoy.spark.input.ImageSet;
import org.convoy.spark.progress.LogView;
import org.convoy.spark.storage.OutputDirectory;
import org.convoy.spark.storage.Storage;
import org.convoy.spark.testing.SparkTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A program that trains on a data frame of its own, as the README shows. */
@SparkTest
class DataFrameTrainingTest {
  @TempDir private Path directory;

  private void writePictures() throws IOException {
    for (int i = 0; i < 30; i++) {
      Path file = directory.resolve((i < 12 ? "pets/cat" : "pets/dog") + "/" + i + ".png");
      Files.createDirectories(file.getParent());
      BufferedImage image = new BufferedImage(5, 5, BufferedImage.TYPE_BYTE_GRAY);
      image.getRaster().setSample(i % 5, i / 6, 0, 255);
      ImageIO.write(image, "png", file.toFile());
    }
  }

  @Test
  void theModelIsThatOfTheFolder(SparkSession session, JavaSparkContext context)
      throws IOException {
    writePictures();
    Storage storage = Storage.of(context);
    String root = directory + "/pets";
    Dataset<Row> files =
        session.read().format("binaryFile").option("recursiveFileLookup", "true").load(root);

    ImageSet frame = DataFrameSource.ofBinaryFiles(files.repartition(5)).labeledByFolder().open();
    ImageSet folder = new FolderSource(root, FolderSource.Labels.FOLDERS).open(storage);

    assertThat(train(context, storage, frame)).isEqualTo(train(context, storage, folder));
  }

  private String train(JavaSparkContext context, Storage storage, ImageSet images)
      throws IOException {
    List<String> arguments =
        List.of(
            "network={nodes=[{name=flat,type=flatten},{name=fc,type=linear,outFeatures=2}]}",
            "data.channels=1",
            "epochs=2",
            "batchSize=8",
            "shards=2");
    JobOptions options = JobOptions.read(Recipe.load(storage, arguments), JobKind.SUMMARY);
    TrainingPlan plan = TrainingPlan.of(options, images, Optional.empty());
    OutputDirectory output = OutputDirectory.prepare(storage, directory + "/run", true, List.of());
    List<String> lines = new ArrayList<>();
    TrainingRun.Place place =
        new TrainingRun.Place("pets", output, new LogView(lines::add), Continuation.BEGIN);
    TrainingRun.Outcome outcome = new TrainingRun(context, storage, plan, place).execute();
    assertThat(lines).contains("decoding images");
    return outcome.modelSha256();
  }
}
