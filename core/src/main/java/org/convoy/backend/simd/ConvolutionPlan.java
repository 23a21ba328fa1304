package org.convoy.backend.simd;

import org.convoy.backend.Convolution;
import org.convoy.backend.Matrix;
import org.convoy.backend.VolumeWindow;
import org.convoy.tensor.Tensor;

/** The sizes that all forms of a convolution need; channels, filters and terms are of one group. */
final class ConvolutionPlan {
  final VolumeWindow window;
  final int batch;
  final int groups;
  final int channels;
  final int filters;

  /** Taps of a filter over all channels of its group. */
  final int terms;

  /** Elements of an input channel and of an output channel. */
  final int elements;

  final int positions;

  ConvolutionPlan(Convolution geometry, int batch) {
    this.window = VolumeWindow.of(geometry);
    this.batch = batch;
    this.groups = geometry.groups();
    this.channels = window.channels() / groups;
    this.filters = geometry.filters() / groups;
    this.terms = channels * window.taps();
    this.elements = window.inputPositions();
    this.positions = window.outputPositions();
  }

  /** Index of the first input element of a group of an example. */
  int input(Tensor tensor, int example, int group) {
    return tensor.offset() + (example * groups + group) * channels * elements;
  }

  /** Index of the first output element of a group of an example. */
  int output(Tensor tensor, int example, int group) {
    return tensor.offset() + (example * groups + group) * filters * positions;
  }

  /** Filters x terms of a group. */
  Matrix weights(Tensor tensor, int group) {
    return Matrix.of(tensor.data(), tensor.offset() + group * filters * terms, filters, terms);
  }

  static float biasOf(Tensor bias, int filter) {
    return bias == null ? 0 : bias.data()[bias.offset() + filter];
  }
}
