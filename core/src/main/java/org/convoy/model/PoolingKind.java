package org.convoy.model;

import org.convoy.nn.Layer;
import org.convoy.nn.layer.AvgPool2d;
import org.convoy.nn.layer.MaxPool2d;

/** How a model's pools sum up their windows, where there is a choice. */
public enum PoolingKind {
  MAX,
  AVERAGE;

  /** A layer that pools windows of this height and width, side by side. */
  public Layer layer(int kernelSize) {
    return switch (this) {
      case MAX -> MaxPool2d.of(kernelSize);
      case AVERAGE -> AvgPool2d.of(kernelSize);
    };
  }
}
