package org.convoy.filter;

import static org.assertj.core.api.Assertions.assertThat;

import org.convoy.backend.Backends;
import org.convoy.image.Image;
import org.convoy.image.geometry.Border;
import org.convoy.random.RandomKey;
import org.convoy.tensor.Shape;
import org.convoy.tensor.Tensor;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Worked by hand, in whole numbers. */
@Tag("backend")
class ImageFilterTest {
  private static final Image SMALL = Image.of(1, 3, 3, bytes(1, 2, 3, 4, 5, 6, 7, 8, 9));
  private static final Kernel ROW = Kernel.of(new float[] {1, 10, 100});

  @Test
  void correlationLaysTheKernelAsItIsWritten() {
    assertThat(filter(SMALL, ROW, FilterForm.CORRELATION, Border.ZERO))
        .containsExactly(210, 321, 32, 540, 654, 65, 870, 987, 98);
  }

  @Test
  void convolutionTurnsItFirst() {
    assertThat(filter(SMALL, ROW, FilterForm.CONVOLUTION, Border.ZERO))
        .containsExactly(12, 123, 230, 45, 456, 560, 78, 789, 890);
  }

  @Test
  void edgeRepeatsTheOutermostPixel() {
    assertThat(filter(SMALL, ROW, FilterForm.CORRELATION, Border.EDGE))
        .containsExactly(211, 321, 332, 544, 654, 665, 877, 987, 998);
  }

  @Test
  void reflectionDoesNotRepeatIt() {
    assertThat(filter(SMALL, ROW, FilterForm.CORRELATION, Border.REFLECT))
        .containsExactly(212, 321, 232, 545, 654, 565, 878, 987, 898);
  }

  /** A step from 10 to 50 between columns 2 and 3 of seven, and its gray line along y. */
  @Test
  void sobelAnswersAtTheStepAlone() {
    byte[] pixels = new byte[49];
    for (int i = 0; i < 49; i++) {
      pixels[i] = (byte) (i % 7 < 3 ? 10 : 50);
    }
    Image step = Image.of(1, 7, 7, pixels);

    float[] x = filter(step, Kernels.named("sobel-x"), FilterForm.CORRELATION, Border.EDGE);
    float[] y = filter(step, Kernels.named("sobel-y"), FilterForm.CORRELATION, Border.EDGE);
    float[] turned = filter(step, Kernels.named("sobel-x"), FilterForm.CONVOLUTION, Border.EDGE);

    for (int i = 0; i < 49; i++) {
      boolean atStep = i % 7 == 2 || i % 7 == 3;
      assertThat(x[i]).isEqualTo(atStep ? 160 : 0);
      assertThat(turned[i]).isEqualTo(atStep ? -160 : 0);
      assertThat(y[i]).isZero();
    }
  }

  /** A single bright pixel shows the kernel: turned by correlation, as it is by convolution. */
  @Test
  void aPointShowsTheKernel() {
    Image point = Image.black(1, 7, 7);
    point.pixels()[3 * 7 + 3] = 1;
    Kernel blob = Kernels.named("blob");
    Kernel emboss = Kernels.named("emboss");

    float[] answer = filter(point, blob, FilterForm.CORRELATION, Border.ZERO);
    float[] convolved = filter(point, emboss, FilterForm.CONVOLUTION, Border.ZERO);
    float[] correlated = filter(point, emboss, FilterForm.CORRELATION, Border.ZERO);

    for (int y = -2; y <= 2; y++) {
      for (int x = -2; x <= 2; x++) {
        int i = (3 + y) * 7 + 3 + x;
        assertThat(answer[i]).isEqualTo(blob.get(2 + y, 2 + x));
        if (Math.max(Math.abs(x), Math.abs(y)) < 2) {
          assertThat(convolved[i]).isEqualTo(emboss.get(1 + y, 1 + x));
          assertThat(correlated[i]).isEqualTo(emboss.get(1 - y, 1 - x));
        }
      }
    }
    assertThat(answer[3 * 7 + 6]).isZero();
  }

  @Test
  void channelsAreFilteredByThemselves() {
    Image color = Image.of(3, 1, 3, bytes(1, 2, 3, 4, 5, 6, 7, 8, 9));

    assertThat(filter(color, ROW, FilterForm.CORRELATION, Border.ZERO))
        .containsExactly(210, 321, 32, 540, 654, 65, 870, 987, 98);
  }

  /** Higher than what is computed at a time: the seams do not show. */
  @Test
  void tallPicturesGiveWhatTheFormulaSays() {
    int height = 601;
    int width = 5;
    byte[] pixels = new byte[height * width + 3];
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = (byte) RandomKey.ofSeed(1).below(i, 256);
    }
    Image tall = Image.view(pixels, 3, Shape.of(1, height, width));

    float[] answer = filter(tall, Kernels.named("blob"), FilterForm.CORRELATION, Border.REFLECT);

    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        assertThat(answer[y * width + x]).isEqualTo((float) reference(tall, y, x));
      }
    }
  }

  private static double reference(Image image, int row, int column) {
    Kernel blob = Kernels.named("blob");
    double sum = 0;
    for (int i = 0; i < 5; i++) {
      for (int j = 0; j < 5; j++) {
        int y = mirrored(row + i - 2, image.height());
        int x = mirrored(column + j - 2, image.width());
        sum += blob.get(i, j) * image.get(0, y, x);
      }
    }
    return sum;
  }

  private static int mirrored(int position, int size) {
    int inside = Math.abs(position);
    return inside < size ? inside : 2 * (size - 1) - inside;
  }

  @Test
  void answersAreShownAsStated() {
    Tensor values = Tensor.of(Shape.of(1, 1, 5), -510, -1, 0, 100.4f, 300);

    assertThat(shown(SignedValues.CLIP, values, 1)).containsExactly(0, 0, 0, 100, 255);
    assertThat(shown(SignedValues.ABSOLUTE, values, 0.5)).containsExactly(255, 0, 0, 50, 150);
    assertThat(shown(SignedValues.OFFSET, values, 0.2)).containsExactly(26, 128, 128, 148, 188);
    assertThat(SignedValues.ABSOLUTE.fittingScale(values)).isEqualTo(0.5);
    assertThat(SignedValues.OFFSET.fittingScale(values)).isEqualTo(127 / 510.0);
    assertThat(SignedValues.CLIP.fittingScale(values)).isEqualTo(1);
    assertThat(SignedValues.ABSOLUTE.fittingScale(Tensor.zeros(Shape.of(1, 1, 1)))).isEqualTo(1);
    assertThat(SignedValues.suitedTo(Kernels.named("gaussian"))).isEqualTo(SignedValues.CLIP);
    assertThat(SignedValues.suitedTo(Kernels.named("blob"))).isEqualTo(SignedValues.ABSOLUTE);
  }

  /** Of 1000 answers, 1 to 1000, the ten largest are cut off. */
  @Test
  void oneAnswerInAHundredMayBeCutOff() {
    float[] values = new float[1000];
    for (int i = 0; i < values.length; i++) {
      values[i] = i % 2 == 0 ? i + 1 : -i - 1;
    }
    Tensor answers = Tensor.of(Shape.of(1, 1, 1000), values);

    assertThat(255 / SignedValues.ABSOLUTE.fittingScale(answers)).isBetween(990.0, 990.1);
    assertThat(127 / SignedValues.OFFSET.fittingScale(answers)).isBetween(990.0, 990.1);
  }

  private static int[] shown(SignedValues how, Tensor values, double scale) {
    Image image = how.show(values, scale);
    int[] pixels = new int[image.width()];
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = image.get(0, 0, i);
    }
    return pixels;
  }

  private static float[] filter(Image image, Kernel kernel, FilterForm form, Border border) {
    return new ImageFilter(kernel, form, border).apply(image, Backends.best()).toArray();
  }

  private static byte[] bytes(int... values) {
    byte[] bytes = new byte[values.length];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) values[i];
    }
    return bytes;
  }
}
