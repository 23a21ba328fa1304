package org.convoy.spark.config;

import java.util.Optional;
import org.convoy.description.Default;
import org.convoy.image.ImageDecoder;
import org.convoy.image.ImageResizer;
import org.convoy.image.RgbColor;
import org.convoy.image.Truncation;
import org.convoy.image.codec.DecodingOptions;
import org.convoy.image.codec.PictureDecoder;
import org.convoy.image.codec.VolumeDecoder;
import org.convoy.image.codec.VolumeForm;
import org.convoy.spark.input.ImageSource;
import org.convoy.spark.input.MaxBadImages;

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
    @Meaning(
            "images that may be left out because they cannot be decoded or have another size, a count such as 100 or a part such as 0.05 or 5%; they are listed")
        @Default("0.05")
        MaxBadImages maxBadImages,
    @Meaning("largest picture file to decode, in pixels, at least 1") @Default("64000000")
        long maxPixels,
    @Meaning("truncated picture files: refuse, or accept, with a note, what is there")
        @Default("\"refuse\"")
        Truncation truncated,
    @Meaning(
            "color below transparent pixels: white, black or \"#ff8000\"; white, or that of a model's training, unless given")
        Optional<RgbColor> background,
    @Meaning(
            "reads volumes for 3-D networks, from GIF or NIfTI-1 files: {frames = 16, window = [low, high] of NIfTI's values}")
        Optional<VolumeForm> volume,
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
        .accepted("maxPixels", () -> new PictureDecoder(1, maxPixels))
        .atLeast(1, "chunkCapacity", chunkCapacity.orElse(1))
        .atLeast(1, "partitions", partitions.orElse(1))
        .check();
  }

  /** How picture files are read. */
  public DecodingOptions decoding() {
    return new DecodingOptions(maxPixels, background.orElse(RgbColor.WHITE), truncated);
  }

  /** Of each volume, which are planes of one image; 1 where pictures are read. */
  public int frames() {
    return volume.map(VolumeForm::frames).orElse(1);
  }

  /**
   * What reads files.
   *
   * @param form of volumes, if it is to read some
   */
  public static ImageDecoder decoder(
      int channels, Optional<VolumeForm> form, DecodingOptions decoding) {
    return form.<ImageDecoder>map(volume -> new VolumeDecoder(channels, volume, decoding))
        .orElseGet(() -> new PictureDecoder(channels, decoding));
  }
}
