/**
 * Batch scoring: a row for each image, at the place where the images lie. {@link
 * org.convoy.spark.scoring.BatchScorer} runs the network, {@link
 * org.convoy.spark.scoring.ScoreTable} gives the rows their columns.
 */
package org.convoy.spark.scoring;
