package org.convoy.spark.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.convoy.augment.Normalization;
import org.convoy.image.geometry.Interpolation;
import org.convoy.spark.config.JobKind;
import org.convoy.spark.config.JobOptions;
import org.convoy.spark.config.Recipe;
import org.convoy.spark.input.InputException;
import org.convoy.spark.input.PixelSums;
import org.convoy.spark.progress.LogView;
import org.convoy.spark.storage.Storage;
import org.junit.jupiter.api.Test;

class TrainingPlanTest {
  private static TrainingPlan plan(String... options) throws IOException {
    Storage storage = new Storage(new Configuration());
    List<String> all = new ArrayList<>(List.of("../conf/lenet5-fashion-sample.conf"));
    all.addAll(Arrays.asList(options));
    JobOptions read = JobOptions.read(Recipe.load(storage, all), JobKind.TRAIN);
    return TrainingPlan.of(read, storage, new LogView(line -> {}));
  }

  @Test
  void pixelsAreInterpolatedAsTheOptionsSay() throws IOException {
    assertThat(plan("interpolation=bicubic").setup().pipeline().interpolation())
        .isEqualTo(Interpolation.BICUBIC);
  }

  @Test
  void imagesThatAreAllAlikeGiveNoNormalization() throws IOException {
    TrainingPlan plan = plan("normalization.fromData=true");

    assertThat(plan.describe()).contains("mean and deviation by channel are those of the training");
    assertThatThrownBy(() -> plan.resolved(new PixelSums(1)))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("the pixels of a channel are alike in all training images");
  }

  @Test
  void imagesTellTheNormalizationWhateverTheRecipeGives() throws IOException {
    TrainingPlan plan = plan("normalization.fromData=true");

    assertThat(plan.options().normalization().mean()).containsExactly(0.286);
    assertThat(plan.setup().pipeline().normalization()).isEqualTo(Normalization.NONE);
  }
}
