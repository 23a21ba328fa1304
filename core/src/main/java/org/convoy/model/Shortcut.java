package org.convoy.model;

import org.convoy.nn.Network;
import org.convoy.nn.layer.BatchNorm2d;
import org.convoy.nn.layer.Conv2d;
import org.convoy.nn.layer.MaxPool2d;
import org.convoy.nn.layer.PadChannels;

/** How x reaches the sum of a residual block whose output has another shape; He et al. 2016. */
public enum Shortcut {
  /** Option A: every second row and column, and channels of zeros around; no parameters. */
  PADDED,
  /** Option B: a 1x1 convolution and batch normalization. */
  PROJECTED;

  /**
   * Adds the shortcut where one is needed.
   *
   * @param input node that it begins with
   * @return the node that it ends with: the input itself if the shape stays
   */
  String add(
      Network.Builder builder, String block, String input, int channels, int filters, int stride) {
    if (stride == 1 && channels == filters) {
      return input;
    }
    Sequence shortcut = new Sequence(builder.from(input), block + ".downsample");
    switch (this) {
      case PADDED -> {
        int zeros = filters - channels;
        shortcut.add(MaxPool2d.of(1).stride(stride));
        shortcut.add(new PadChannels(zeros / 2, zeros - zeros / 2));
      }
      case PROJECTED ->
          shortcut.add(
              ResidualBlocks.drawn(Conv2d.of(filters, 1).stride(stride)), new BatchNorm2d());
    }
    return builder.last();
  }
}
