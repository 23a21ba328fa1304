package org.convoy.backend.scalar;

import org.convoy.backend.VolumeWindow;
import org.convoy.tensor.Tensor;

/**
 * Maximum of each window, channel by channel. The first of equal elements wins, and the first NaN
 * wins over all numbers. A window that a dilation lets meet only padding gives negative infinity
 * and has no winner (-1).
 */
final class MaxPooling {
  private final VolumeWindow window;
  private final int maps;

  MaxPooling(VolumeWindow window, int batch) {
    this.window = window;
    this.maps = batch * window.channels();
  }

  void forward(Tensor input, Tensor output, int[] winners) {
    int positions = window.outputPositions();
    for (int map = 0; map < maps; map++) {
      int from = input.offset() + map * window.inputPositions();
      int o = map * positions;
      for (int z = 0; z < window.depth().output(); z++) {
        for (int y = 0; y < window.height().output(); y++) {
          for (int x = 0; x < window.width().output(); x++) {
            int winner = winner(input.data(), from, z, y, x);
            winners[o] = winner;
            output.data()[output.offset() + o] =
                winner < 0 ? Float.NEGATIVE_INFINITY : input.data()[from + winner];
            o++;
          }
        }
      }
    }
  }

  private int winner(float[] data, int from, int z, int y, int x) {
    VolumeWindow.Span depth = window.depth();
    VolumeWindow.Span height = window.height();
    VolumeWindow.Span width = window.width();
    int firstX = width.firstTap(x);
    int endX = width.endTap(x);
    int startX = x * width.stride() - width.padding();
    int winner = -1;
    float best = Float.NEGATIVE_INFINITY;
    for (int kz = depth.firstTap(z); kz < depth.endTap(z); kz++) {
      int plane = z * depth.stride() + depth.start(kz);
      for (int ky = height.firstTap(y); ky < height.endTap(y); ky++) {
        int row = plane * height.size() + y * height.stride() + height.start(ky);
        for (int kx = firstX; kx < endX; kx++) {
          int element = row * width.size() + startX + kx * width.dilation();
          float value = data[from + element];
          if (value > best || winner < 0 || (Float.isNaN(value) && !Float.isNaN(best))) {
            best = value;
            winner = element;
          }
        }
      }
    }
    return winner;
  }

  void backward(Tensor outputGradient, int[] winners, Tensor inputGradient) {
    inputGradient.fill(0);
    int positions = window.outputPositions();
    float[] source = outputGradient.data();
    float[] target = inputGradient.data();
    for (int map = 0; map < maps; map++) {
      int to = inputGradient.offset() + map * window.inputPositions();
      for (int o = map * positions; o < (map + 1) * positions; o++) {
        if (winners[o] >= 0) {
          target[to + winners[o]] += source[outputGradient.offset() + o];
        }
      }
    }
  }
}
