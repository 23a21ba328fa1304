/**
 * What a training step costs on Spark, and many small files, compiled by the Maven profile {@code
 * bench} alone; the module's README.md tells how to run it. {@link
 * org.convoy.spark.bench.SparkStepTable} measures bare steps around no compute ({@link
 * org.convoy.spark.bench.BareStep}) and real training ({@link
 * org.convoy.spark.bench.TrainingCase}), in local mode or on real executors; {@link
 * org.convoy.spark.bench.IngestTable} reads small picture files beside the same images packed.
 */
package org.convoy.spark.bench;
