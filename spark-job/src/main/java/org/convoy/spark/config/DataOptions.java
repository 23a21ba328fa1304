package org.convoy.spark.config;

import java.util.Optional;
import org.convoy.description.Default;
import org.convoy.image.ImageResizer;
import org.convoy.image.codec.JdkImageDecoder;
import org.convoy.spark.input.ImageSource;

/** Which images, and how they are decoded and kept. */
public record DataOptions(
    @Meaning("a place that recipes refer to as ${data.directory}; not used by itself")
        Optional<String> directory,
    @Meaning("images to train on: {type = folder | list | parquet | zip | tar | split | …, …}")
        Optional<ImageSource> train,
    @Meaning("images to judge by; without them a run has no test accuracy")
        Optional<ImageSource> test,
    @Meaning(
            "brings all images to one size: {size = 32 or [height, width], fit = crop | stretch |"
                + " pad}")
        Optional<ImageResizer> resize,
    @Meaning("1 for gray, 3 for color; what the format says where it says so, else 3")
        Optional<Integer> channels,
    @Meaning("part of the images, 0 to 1, that may turn out undecodable; they are listed")
        @Default("0.05")
        double maxUndecodable,
    @Meaning("largest picture file to decode, in pixels, at least 1") @Default("64000000")
        long maxPixels,
    @Meaning(
            "images kept together in memory, at least 1; part of the result; 16 MB of them unless"
                + " given")
        Optional<Integer> chunkCapacity,
    @Meaning("tasks that share the decoding, at least 1; as many as there are cores unless given")
        Optional<Integer> partitions) {
  public DataOptions {
    new Requirements()
        .require(
            channels.map(count -> count == 1 || count == 3).orElse(true),
            "channels",
            "must be 1 (gray) or 3 (color), got " + channels.orElse(0))
        .require(
            maxUndecodable >= 0 && maxUndecodable <= 1,
            "maxUndecodable",
            "must be in 0..1, got " + maxUndecodable)
        .accepted("maxPixels", () -> new JdkImageDecoder(1, maxPixels))
        .atLeast(1, "chunkCapacity", chunkCapacity.orElse(1))
        .atLeast(1, "partitions", partitions.orElse(1))
        .check();
  }
}
