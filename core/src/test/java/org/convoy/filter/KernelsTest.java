package org.convoy.filter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.convoy.description.DescriptionException;
import org.convoy.tensor.Shape;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class KernelsTest {
  static List<String> names() {
    return Kernels.names();
  }

  @ParameterizedTest
  @MethodSource("names")
  void describesItselfSoThatItCanBeReadAgain(String name) throws Exception {
    Kernel kernel = Kernels.named(name);

    assertThat(Kernel.parse(kernel.describe())).isEqualTo(kernel).hasSameHashCodeAs(kernel);
    assertThat(serialized(kernel)).isEqualTo(kernel);
    assertThat(Kernels.about(name)).isNotBlank();
  }

  /** Smoothing and sharpening keep an even surface; edges and blobs give 0 there. */
  @ParameterizedTest
  @MethodSource("names")
  void sumsAreOneOrZero(String name) {
    boolean keeps = List.of("box", "gaussian", "sharpen", "emboss").contains(name);

    Kernel kernel = Kernels.named(name);

    assertThat(kernel.sum()).isCloseTo(keeps ? 1 : 0, within(1e-6));
    assertThat(kernel.keepsBrightness()).isEqualTo(keeps);
  }

  /** What answers along y is what answers along x, with both axes exchanged. */
  @Test
  void directionsAreEachOthersTransposes() {
    for (String family : List.of("sobel", "scharr", "prewitt")) {
      Kernel x = Kernels.named(family + "-x");
      Kernel y = Kernels.named(family + "-y");
      List<Float> transposed = new ArrayList<>();
      for (int i = 0; i < 9; i++) {
        transposed.add(y.get(i % 3, i / 3));
      }
      assertThat(x.toArray()).containsExactly(toArray(transposed));
    }
  }

  @Test
  void numbersAreThoseOfTheBooks() {
    assertThat(Kernels.named("sobel-x").toArray()).containsExactly(-1, 0, 1, -2, 0, 2, -1, 0, 1);
    assertThat(Kernels.named("scharr-y").toArray()).containsExactly(-3, -10, -3, 0, 0, 0, 3, 10, 3);
    assertThat(Kernels.named("laplacian-4").toArray()).containsExactly(0, 1, 0, 1, -4, 1, 0, 1, 0);
    assertThat(Kernels.named("box").toArray()).containsOnly(1 / 9f).hasSize(9);
  }

  /** 1, e^-0.5 and e^-1 over their sum 1 + 4 e^-0.5 + 4 e^-1 = 4.8976. */
  @Test
  void gaussianIsTheFormulaAtWholePixels() {
    Kernel gaussian = Kernel.parse(Map.of("type", "gaussian", "size", 3, "sigma", 1.0));

    assertThat(gaussian.toTensor().shape()).isEqualTo(Shape.of(3, 3));
    assertThat(gaussian.get(1, 1)).isCloseTo(0.204180f, within(1e-6f));
    assertThat(gaussian.get(0, 1)).isCloseTo(0.123841f, within(1e-6f));
    assertThat(gaussian.get(2, 2)).isCloseTo(0.075114f, within(1e-6f));
  }

  @Test
  void sizeFollowsSigmaUnlessGiven() {
    assertThat(Kernels.named("gaussian").width()).isEqualTo(7);
    assertThat(Kernel.parse(Map.of("type", "gaussian", "sigma", 2.5)).width()).isEqualTo(17);
    assertThat(Kernel.parse(Map.of("type", "box", "size", 5)).toArray()).containsOnly(1 / 25f);
  }

  /** In the middle 2 / (2 pi sigma^2), at a distance of sigma sqrt(2) zero; no mean to speak of. */
  @Test
  void laplacianOfGaussianChangesItsSignAtItsRadius() {
    Kernel log =
        Kernel.parse(Map.of("type", "laplacian-of-gaussian", "sigma", Math.sqrt(2), "size", 21));

    assertThat(log.get(10, 10)).isCloseTo((float) (1 / (2 * Math.PI)), within(1e-5f));
    assertThat(log.get(10, 12)).isCloseTo(0, within(1e-5f));
    assertThat(log.get(10, 13)).isNegative();
  }

  @Test
  void differenceOfGaussiansIsOneMinusTheOther() {
    Kernel difference =
        Kernel.parse(Map.of("type", "difference-of-gaussians", "size", 5, "ratio", 2));
    Kernel narrow = Kernel.parse(Map.of("type", "gaussian", "size", 5, "sigma", 1));
    Kernel wide = Kernel.parse(Map.of("type", "gaussian", "size", 5, "sigma", 2));

    for (int i = 0; i < 25; i++) {
      assertThat(difference.get(i / 5, i % 5))
          .isCloseTo(narrow.get(i / 5, i % 5) - wide.get(i / 5, i % 5), within(1e-7f));
    }
  }

  @Test
  void flippingTurnsByHalf() {
    Kernel kernel = Kernel.of(new float[] {1, 2, 3});

    assertThat(kernel.flipped().toArray()).containsExactly(3, 2, 1);
    assertThat(Kernels.named("sobel-y").flipped().toArray())
        .containsExactly(1, 2, 1, 0, 0, 0, -1, -2, -1);
  }

  @Test
  void ownNumbersAreRowsOfOneOddLength() {
    Kernel own = Kernel.parse(List.of(List.of(1, 0, -1), List.of(2, 0.5, -2), List.of(1, 0, -1)));

    assertThat(own.get(1, 1)).isEqualTo(0.5f);
    assertThat(Kernel.parse(own.describe())).isEqualTo(own);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Kernel.parse(List.of(List.of(1, 2))))
        .withMessage("a kernel's width must be odd and in 1..255, got 2");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Kernel.of(new float[3], new float[1], new float[3]))
        .withMessageContaining("row 0 has 3 numbers and row 1 has 1");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Kernel.of(new float[] {Float.NaN}))
        .withMessageContaining("finite");
  }

  @Test
  void whatIsUnknownIsRefusedWithTheNearest() {
    assertThatThrownBy(() -> Kernels.named("sobel"))
        .isInstanceOf(DescriptionException.class)
        .hasMessageContaining("unknown kernel 'sobel'; did you mean 'sobel-x'? (known: box,");
    assertThatThrownBy(() -> Kernel.parse(Map.of("type", "sharpen", "size", 3)))
        .hasMessage("kernel sharpen has no options, got size");
    assertThatThrownBy(() -> Kernel.parse(Map.of("type", "gaussian", "sigma", 0)))
        .hasMessageContaining("sigma must be above 0");
    assertThatThrownBy(() -> Kernel.parse(Map.of("type", "gaussian", "size", 4)))
        .hasMessageContaining("size must be odd");
    assertThatThrownBy(() -> Kernel.parse(Map.of("type", "difference-of-gaussians", "ratio", 1)))
        .hasMessageContaining("ratio must be above 1");
    assertThatThrownBy(() -> Kernel.parse(7)).hasMessageContaining("expected a kernel's name");
  }

  private static Kernel serialized(Kernel kernel) throws Exception {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      out.writeObject(kernel);
    }
    try (ObjectInputStream in =
        new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
      return (Kernel) in.readObject();
    }
  }

  private static float[] toArray(List<Float> values) {
    float[] array = new float[values.size()];
    for (int i = 0; i < array.length; i++) {
      array[i] = values.get(i);
    }
    return array;
  }
}
