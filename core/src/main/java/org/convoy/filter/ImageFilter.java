package org.convoy.filter;

import java.util.List;
import org.convoy.backend.Backend;
import org.convoy.backend.Convolution;
import org.convoy.backend.Window;
import org.convoy.backend.Window.Axis;
import org.convoy.backend.Workspace;
import org.convoy.image.Image;
import org.convoy.image.geometry.Border;
import org.convoy.tensor.Shape;
import org.convoy.tensor.Tensor;

/**
 * Passes a kernel over a picture, each channel by itself, by the convolution that networks compute
 * with. The result has the picture's size.
 *
 * @param form whether the kernel is turned first
 * @param border what lies beyond the picture's edge
 */
public record ImageFilter(Kernel kernel, FilterForm form, Border border) {
  /** Rows computed at a time, so that memory does not grow with the picture. */
  private static final int BAND = 256;

  /**
   * The answers, as they are: for pixels of 0..255 in 255 times the sum of the negative weights to
   * 255 times that of the positive ones.
   *
   * @return channels x height x width
   */
  public Tensor apply(Image image, Backend backend) {
    Tensor result = Tensor.zeros(image.shape());
    Workspace workspace = new Workspace();
    int plane = image.height() * image.width();
    for (int channel = 0; channel < image.channels(); channel++) {
      for (int row = 0; row < image.height(); row += BAND) {
        int rows = Math.min(BAND, image.height() - row);
        Tensor output =
            Tensor.view(
                result.data(),
                channel * plane + row * image.width(),
                Shape.of(1, 1, rows, image.width()));
        backend.convolve(
            geometry(rows, image.width()),
            padded(image, channel, row, rows),
            form.laid(kernel).toTensor(),
            /* bias= */ null,
            output,
            workspace);
      }
    }
    return result;
  }

  /** Without padding, because the border is part of what comes in. */
  private Convolution geometry(int rows, int columns) {
    Window window =
        new Window(
            List.of(new Axis(kernel.height(), 1, 1, 0, 0), new Axis(kernel.width(), 1, 1, 0, 0)));
    Shape input = Shape.of(1, rows + kernel.height() - 1, columns + kernel.width() - 1);
    return new Convolution(input, 1, 1, window);
  }

  private Tensor padded(Image image, int channel, int firstRow, int rows) {
    int height = rows + kernel.height() - 1;
    int width = image.width() + kernel.width() - 1;
    float[] values = new float[height * width];
    int[] columns = new int[width];
    for (int x = 0; x < width; x++) {
      columns[x] = border.pixel(x - kernel.width() / 2, image.width());
    }
    byte[] pixels = image.pixels();
    for (int y = 0; y < height; y++) {
      int row = border.pixel(firstRow + y - kernel.height() / 2, image.height());
      if (row >= 0) {
        int from = image.offset() + (channel * image.height() + row) * image.width();
        for (int x = 0; x < width; x++) {
          values[y * width + x] = columns[x] < 0 ? 0 : pixels[from + columns[x]] & 0xff;
        }
      }
    }
    return Tensor.of(Shape.of(1, 1, height, width), values);
  }
}
