package org.convoy.bench.augment;

import java.util.List;
import org.convoy.augment.Augmentation;
import org.convoy.augment.Axis;
import org.convoy.augment.ColorJitter;
import org.convoy.augment.LocalWarp;
import org.convoy.augment.Normalization;
import org.convoy.augment.PcaColorShift;
import org.convoy.augment.PixelPipeline;
import org.convoy.augment.RandAugment;
import org.convoy.augment.RandomCrop;
import org.convoy.augment.RandomFlip;
import org.convoy.augment.RandomResizedCrop;
import org.convoy.augment.RandomRotation;
import org.convoy.augment.TrivialAugment;
import org.convoy.image.ImageSize;
import org.convoy.image.geometry.Border;
import org.convoy.image.geometry.Interpolation;
import org.convoy.tensor.Shape;

/** Chains as recipes have them. */
@SuppressWarnings("ImmutableEnumChecker") // Shape and PixelPipeline are immutable.
enum ChainCase {
  /** Pad by 4, crop, mirror. */
  CIFAR(Shape.of(3, 32, 32), Interpolation.BILINEAR, crop(32, 4), flip()),

  CIFAR_ROTATED(
      Shape.of(3, 32, 32),
      Interpolation.BILINEAR,
      crop(32, 4),
      flip(),
      new RandomRotation(15, Border.ZERO)),

  CIFAR_TRIVIAL(
      Shape.of(3, 32, 32), Interpolation.BILINEAR, crop(32, 4), flip(), new TrivialAugment(31)),

  MNIST_WARPED(Shape.of(1, 28, 28), Interpolation.BILINEAR, new LocalWarp(34, 4, Border.ZERO)),

  /** Random resized crop to 224, mirror, PCA color. */
  ALEXNET(
      Shape.of(3, 375, 500),
      Interpolation.BILINEAR,
      resizedCrop(),
      flip(),
      PcaColorShift.ofImageNet()),

  ALEXNET_BICUBIC(
      Shape.of(3, 375, 500),
      Interpolation.BICUBIC,
      resizedCrop(),
      flip(),
      PcaColorShift.ofImageNet()),

  IMAGENET_JITTERED(
      Shape.of(3, 375, 500),
      Interpolation.BILINEAR,
      resizedCrop(),
      flip(),
      new ColorJitter(0.4, 0.4, 0.4, 0)),

  IMAGENET_RAND_AUGMENT(
      Shape.of(3, 375, 500),
      Interpolation.BILINEAR,
      resizedCrop(),
      flip(),
      new RandAugment(2, 9, 31));

  private final Shape image;
  private final PixelPipeline pipeline;

  ChainCase(Shape image, Interpolation interpolation, Augmentation... chain) {
    this.image = image;
    this.pipeline =
        new PixelPipeline(
            List.of(chain), new Normalization(List.of(0.5), List.of(0.25)), interpolation);
  }

  private static Augmentation crop(int side, int padding) {
    return new RandomCrop(ImageSize.square(side), padding, Border.ZERO);
  }

  private static Augmentation resizedCrop() {
    return new RandomResizedCrop(ImageSize.square(224), 0.08, 1, 0.75, 4 / 3.0);
  }

  private static Augmentation flip() {
    return new RandomFlip(0.5, Axis.HORIZONTAL);
  }

  /** Shape of the decoded pictures. */
  Shape image() {
    return image;
  }

  PixelPipeline pipeline() {
    return pipeline;
  }
}
