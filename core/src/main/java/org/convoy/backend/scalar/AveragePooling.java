package org.convoy.backend.scalar;

import org.convoy.backend.VolumeWindow;
import org.convoy.tensor.Tensor;

/**
 * Mean of each window, channel by channel; the divisor counts the padding or does not. A window
 * that a dilation lets meet only padding gives 0.
 */
final class AveragePooling {
  private final VolumeWindow window;
  private final boolean countIncludesPadding;
  private final int maps;

  AveragePooling(VolumeWindow window, boolean countIncludesPadding, int batch) {
    this.window = window;
    this.countIncludesPadding = countIncludesPadding;
    this.maps = batch * window.channels();
  }

  void forward(Tensor input, Tensor output) {
    int o = output.offset();
    for (int map = 0; map < maps; map++) {
      int from = input.offset() + map * window.inputPositions();
      for (int z = 0; z < window.depth().output(); z++) {
        for (int y = 0; y < window.height().output(); y++) {
          for (int x = 0; x < window.width().output(); x++) {
            output.data()[o] = sum(input.data(), from, z, y, x) / divisor(z, y, x);
            o++;
          }
        }
      }
    }
  }

  void backward(Tensor outputGradient, Tensor inputGradient) {
    inputGradient.fill(0);
    int o = outputGradient.offset();
    for (int map = 0; map < maps; map++) {
      int to = inputGradient.offset() + map * window.inputPositions();
      for (int z = 0; z < window.depth().output(); z++) {
        for (int y = 0; y < window.height().output(); y++) {
          for (int x = 0; x < window.width().output(); x++) {
            float share = outputGradient.data()[o] / divisor(z, y, x);
            deal(share, inputGradient.data(), to, z, y, x);
            o++;
          }
        }
      }
    }
  }

  private float sum(float[] data, int from, int z, int y, int x) {
    VolumeWindow.Span width = window.width();
    int first = width.firstTap(x);
    int end = width.endTap(x);
    float sum = 0;
    for (int kz = window.depth().firstTap(z); kz < window.depth().endTap(z); kz++) {
      for (int ky = window.height().firstTap(y); ky < window.height().endTap(y); ky++) {
        int row = from + rowStart(z, kz, y, ky, x);
        for (int kx = first; kx < end; kx++) {
          sum += data[row + kx * width.dilation()];
        }
      }
    }
    return sum;
  }

  private void deal(float share, float[] data, int to, int z, int y, int x) {
    VolumeWindow.Span width = window.width();
    int first = width.firstTap(x);
    int end = width.endTap(x);
    for (int kz = window.depth().firstTap(z); kz < window.depth().endTap(z); kz++) {
      for (int ky = window.height().firstTap(y); ky < window.height().endTap(y); ky++) {
        int row = to + rowStart(z, kz, y, ky, x);
        for (int kx = first; kx < end; kx++) {
          data[row + kx * width.dilation()] += share;
        }
      }
    }
  }

  /** Where tap 0 of the window's row would lie; may be on padding. */
  private int rowStart(int z, int kz, int y, int ky, int x) {
    VolumeWindow.Span height = window.height();
    VolumeWindow.Span width = window.width();
    int plane = z * window.depth().stride() + window.depth().start(kz);
    int row = plane * height.size() + y * height.stride() + height.start(ky);
    return row * width.size() + x * width.stride() - width.padding();
  }

  private int divisor(int z, int y, int x) {
    int count =
        elements(window.depth(), z) * elements(window.height(), y) * elements(window.width(), x);
    return Math.max(count, 1);
  }

  private int elements(VolumeWindow.Span span, int o) {
    return countIncludesPadding ? span.tapsWithPadding(o) : span.endTap(o) - span.firstTap(o);
  }
}
