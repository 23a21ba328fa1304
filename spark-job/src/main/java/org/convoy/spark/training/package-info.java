/**
 * Training on the cluster: {@link org.convoy.spark.training.DataParallelTrainer} runs the core's
 * loop with gradients computed where the chunks lie ({@link
 * org.convoy.spark.training.ClusterGradients}). How the sums travel to the driver is a {@link
 * org.convoy.spark.training.Aggregation}; to add one, implement it over the same {@code SumTree},
 * and the layout test must give the same hash.
 */
package org.convoy.spark.training;
