/**
 * Images from where they lie to where they are needed: a source ({@link
 * org.convoy.spark.input.ImageSource}) is opened on the driver, read in slices on the executors,
 * decoded, and either packed into chunks for training ({@link org.convoy.spark.input.ImagePacker})
 * or streamed in order for scoring ({@link org.convoy.spark.input.ImageSet#keyed}).
 *
 * <p>{@link org.convoy.spark.input.PackedDirectory} writes a set to few large files, which {@link
 * org.convoy.spark.input.PackedSource} reads; {@link org.convoy.spark.input.SplitSource} is a part
 * of another source; {@link org.convoy.spark.input.DataFrameSource} takes rows of a program's own,
 * and {@link org.convoy.spark.input.BinaryFileSource} files through Spark's own reader.
 *
 * <p>To add a source: write a record that implements {@link org.convoy.spark.input.ImageSource} and
 * a slice that implements {@link org.convoy.spark.input.ImageSlice}; register the record in {@link
 * org.convoy.spark.input.ImageSources}, the slice in {@code ConvoyRegistrator}, and an example in
 * {@code ImageSourceContractTest}, which checks that ids are dense, that the way of slicing changes
 * nothing, and that what is wrong is said on the driver. Paths are never handed to Hadoop's input
 * formats, which split them at commas.
 *
 * <p>May use {@code storage} and core.
 */
package org.convoy.spark.input;
