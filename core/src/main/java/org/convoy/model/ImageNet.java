package org.convoy.model;

import org.convoy.tensor.Shape;

/** What networks for the classification task of ILSVRC are made for. */
final class ImageNet {
  static final int CLASSES = 1000;

  /** Crops of 224x224 colour pixels. */
  static final Shape CROP = Shape.of(3, 224, 224);

  private ImageNet() {}
}
