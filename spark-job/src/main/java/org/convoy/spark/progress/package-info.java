/**
 * How a run shows itself while it goes: {@link org.convoy.spark.progress.TrainingProgress} hears
 * the trainer and writes to a {@link org.convoy.spark.progress.ProgressView}, which is a terminal
 * with one rewritten line, or a log; listing, decoding and packing show themselves there, too.
 * Streams are given by the caller. Uses core alone.
 */
package org.convoy.spark.progress;
