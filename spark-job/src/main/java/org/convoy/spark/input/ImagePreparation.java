package org.convoy.spark.input;

import java.io.IOException;
import java.io.Serializable;
import java.util.Optional;
import org.convoy.data.Annotation;
import org.convoy.image.Box;
import org.convoy.image.DecodeResult;
import org.convoy.image.Image;
import org.convoy.image.ImageChannels;
import org.convoy.image.ImageDecoder;
import org.convoy.image.ImageResizer;
import org.convoy.image.codec.PictureDecoder;
import org.convoy.tensor.Shape;

/**
 * How an image as it lies becomes one of the shape that training or scoring wants: decoded, in gray
 * or color, resized or refused. A pure function, applied on executors.
 */
public final class ImagePreparation implements Serializable {
  private static final long serialVersionUID = 1L;
  private static final int COLORS = 3;

  private final ImageDecoder decoder;
  private final Shape shape;
  private final ImageResizer resizer;

  private ImagePreparation(ImageDecoder decoder, Shape shape, ImageResizer resizer) {
    this.decoder = decoder;
    this.shape = shape;
    this.resizer = resizer;
  }

  /**
   * Takes images that have the wanted size, and no others.
   *
   * @param shape channels x height x width
   * @param maximumPixels of a picture file
   */
  public static ImagePreparation exact(Shape shape, long maximumPixels) {
    return exact(shape, new PictureDecoder(shape.size(0), maximumPixels));
  }

  /**
   * The same.
   *
   * @param shape planes x height x width
   * @param decoder of files, into as many planes
   */
  public static ImagePreparation exact(Shape shape, ImageDecoder decoder) {
    if (shape.rank() != 3) {
      throw new IllegalArgumentException(
          "images have the shape channels x height x width, got " + shape);
    }
    return new ImagePreparation(decoder, shape, null);
  }

  /**
   * Brings images of any size to that of the resizer.
   *
   * @param channels 1 or 3
   * @param maximumPixels of a picture file
   */
  public static ImagePreparation resizing(int channels, ImageResizer resizer, long maximumPixels) {
    return resizing(channels, resizer, new PictureDecoder(channels, maximumPixels));
  }

  /**
   * The same.
   *
   * @param planes channels, or channels x frames of volumes
   * @param decoder of files, into as many planes
   */
  public static ImagePreparation resizing(int planes, ImageResizer resizer, ImageDecoder decoder) {
    Shape shape = Shape.of(planes, resizer.size().height(), resizer.size().width());
    return new ImagePreparation(decoder, shape, resizer);
  }

  /**
   * What fits a set: its images resized, if a resizer is given; else in the size that its format
   * tells, or that the first picture has.
   *
   * @throws InputException if no size is known, because none of the first pictures can be decoded
   */
  public static ImagePreparation of(
      ImageSet set, int channels, Optional<ImageResizer> resizer, long maximumPixels)
      throws IOException {
    return of(set, channels, resizer, new PictureDecoder(channels, maximumPixels));
  }

  /**
   * The same.
   *
   * @param planes channels, or channels x frames of volumes
   * @param decoder of files, into as many planes
   */
  public static ImagePreparation of(
      ImageSet set, int planes, Optional<ImageResizer> resizer, ImageDecoder decoder)
      throws IOException {
    Shape size = set.summary().imageShape().orElse(null);
    if (size != null && planes != size.size(0) && planes != 1 && planes != COLORS) {
      throw new InputException(
          "data.volume is for files of many frames (GIF, NIfTI-1); this source has images of "
              + size);
    }
    if (resizer.isPresent()) {
      return resizing(planes, resizer.get(), decoder);
    }
    if (size == null) {
      size = set.firstShape(decoder);
    }
    return exact(Shape.of(planes, size.size(1), size.size(2)), decoder);
  }

  /** The same with another decoder, which gives pictures of as many channels or of any. */
  public ImagePreparation withDecoder(ImageDecoder other) {
    return new ImagePreparation(other, shape, resizer);
  }

  /** Shape of all images that it gives: channels x height x width. */
  public Shape shape() {
    return shape;
  }

  /** How images are resized, for fingerprints; empty if they are not. */
  String describe() {
    return resizer == null ? "" : resizer.toString();
  }

  /** The image in the size that it has, in gray or color as wanted. */
  KeyedImage decode(EncodedImage encoded) {
    DecodeResult decoded = encoded.decode(decoder);
    DecodeResult result =
        decoded
            .picture()
            .<DecodeResult>map(
                image ->
                    new DecodeResult.Decoded(
                        ImageChannels.convert(image, shape.size(0)), decoded.note()))
            .orElse(decoded);
    return keyed(encoded, result);
  }

  /** The image in the wanted shape, or the reason why there is none. */
  public KeyedImage prepare(EncodedImage encoded) {
    DecodeResult decoded = encoded.decode(decoder);
    Optional<Image> picture = decoded.picture();
    if (picture.isEmpty()) {
      return keyed(encoded, decoded);
    }
    Image image = ImageChannels.convert(picture.get(), shape.size(0));
    int height = image.height();
    int width = image.width();
    Annotation annotation = encoded.annotation();
    if (resizer != null) {
      annotation = annotation.withBoxes(box -> resizer.resize(box, height, width));
      image = resizer.resize(image);
    }
    return image.shape().equals(shape)
        ? keyed(
            encoded.withAnnotation(annotation),
            new DecodeResult.Decoded(image, decoded.note()),
            height,
            width)
        : keyed(encoded, new DecodeResult.Rejected(misfit(image.shape())), height, width);
  }

  /**
   * Refuses a set whose format tells that no image can fit.
   *
   * @throws InputException naming both sizes
   */
  void check(ImageSet set) throws InputException {
    Optional<Shape> own = set.summary().imageShape();
    if (resizer == null && own.isPresent() && !own.get().dropFirst().equals(shape.dropFirst())) {
      throw new InputException("each image " + misfit(own.get()));
    }
  }

  private String misfit(Shape found) {
    int height = shape.size(1);
    int width = shape.size(2);
    return String.format(
        "has height x width %s, expected %s; set data.resize = {size = %s} to resize all images",
        found.dropFirst(),
        shape.dropFirst(),
        height == width ? Integer.toString(height) : "[" + height + ", " + width + "]");
  }

  private static KeyedImage keyed(EncodedImage encoded, DecodeResult result) {
    int height = result.picture().map(Image::height).orElse(0);
    int width = result.picture().map(Image::width).orElse(0);
    return keyed(encoded, result, height, width);
  }

  private static KeyedImage keyed(
      EncodedImage encoded, DecodeResult result, int height, int width) {
    return new KeyedImage(
        encoded.id(), encoded.key(), encoded.annotation(), result, encoded.bytes(), height, width);
  }

  /**
   * Where a box of a prepared picture lies in the picture as it was decoded.
   *
   * @param height of the picture as it was decoded
   * @param width of the same
   */
  public Box restore(Box box, int height, int width) {
    return resizer == null ? box.clip(height, width) : resizer.restore(box, height, width);
  }
}
