package org.convoy.spark.run;

import java.util.function.Consumer;
import org.convoy.spark.config.JobOptions.AggregationChoice;
import org.convoy.spark.training.Aggregation;
import org.convoy.spark.training.DriverAggregation;
import org.convoy.spark.training.MeasuredAggregation;
import org.convoy.spark.training.SlicedAggregation;
import org.convoy.spark.training.TreeAggregation;
import org.convoy.train.TrainingSetup;

/** How sums travel, as a recipe says it. */
final class Aggregations {
  private Aggregations() {}

  /**
   * @param announce takes a line when something is chosen on the way
   */
  static Aggregation of(AggregationChoice choice, TrainingSetup setup, Consumer<String> announce) {
    int shards = setup.dealing().shards();
    return switch (choice) {
      case AUTO -> new MeasuredAggregation(setup, announce);
      case DRIVER -> new DriverAggregation();
      case TREE -> new TreeAggregation(shards);
      case SLICED ->
          new SlicedAggregation(shards, setup.network().layout().length(), setup.gradientFormat());
    };
  }
}
