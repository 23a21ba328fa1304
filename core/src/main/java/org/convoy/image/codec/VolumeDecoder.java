package org.convoy.image.codec;

import org.convoy.image.DecodeResult;
import org.convoy.image.ImageDecoder;

/**
 * Reads volumes: all frames of a GIF, the slices of a NIfTI-1 file. The result's planes are the
 * frames of the first channel, then those of the next: an image of channels x frames planes, which
 * lies in memory as channels x frames x height x width.
 *
 * @param channels 1 (gray) or 3 (red, green, blue)
 * @param form depth and range of values
 * @param options how files are read; the limit of pixels counts those of all frames together
 */
public record VolumeDecoder(int channels, VolumeForm form, DecodingOptions options)
    implements ImageDecoder {
  public VolumeDecoder {
    PictureDecoder.requireChannels(channels);
  }

  @Override
  public DecodeResult decode(byte[] file) {
    return new Reading(channels, options)
        .result(
            reading ->
                switch (FileKind.of(file)) {
                  case GIF -> GifDecoder.decodeFrames(file, form.frames(), reading);
                  case NIFTI, GZIP -> NiftiDecoder.decode(file, form, reading);
                  case EMPTY -> throw new RejectedException("the file is empty");
                  case JPEG, PNG, BMP, WEBP, TIFF, UNKNOWN ->
                      throw new RejectedException(
                          "the content is no volume (GIF or NIfTI-1), as data.volume asks for");
                });
  }
}
