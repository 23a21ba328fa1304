/**
 * Runs that go on after whatever ended them: a run's checkpoints on any file system ({@link
 * org.convoy.spark.checkpoint.CheckpointDirectory}), when they are written ({@link
 * org.convoy.spark.checkpoint.Checkpointer}), where a run goes on ({@link
 * org.convoy.spark.checkpoint.Resumption}) and which options may be others then ({@link
 * org.convoy.spark.checkpoint.OptionChanges}). What a file holds is the core's {@code
 * CheckpointFile}. Uses {@code config}, {@code storage} and {@code progress}.
 */
package org.convoy.spark.checkpoint;
