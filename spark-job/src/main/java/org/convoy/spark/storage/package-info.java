/**
 * Files and directories on any Hadoop file system, through Hadoop's public interface alone: what
 * works on {@code file:} works on {@code hdfs:} and on the object stores. Locations are what users
 * write ({@code data/train}, {@code hdfs://name/data}); a {@link org.apache.hadoop.fs.Path} here is
 * always one that {@link org.convoy.spark.storage.Storage#resolve} has made absolute, so that it
 * means the same on the driver and on every executor.
 *
 * <p>Uses nothing else of Convoy. A new file system needs no code, only Hadoop's settings ({@code
 * spark.hadoop.fs.NAME.impl=…}); a new kind of output gets a class beside {@link
 * org.convoy.spark.storage.OutputDirectory}.
 */
package org.convoy.spark.storage;
