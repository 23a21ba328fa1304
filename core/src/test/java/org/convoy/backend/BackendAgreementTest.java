package org.convoy.backend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.convoy.random.RandomKey;
import org.convoy.tensor.Shape;
import org.convoy.tensor.Tensor;
import org.convoy.testing.Values;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Vectors and plain loops give the same bits. NaN is compared as one value: its payload depends on
 * the order in which an instruction names its operands.
 */
@Tag("backend")
class BackendAgreementTest {
  private static final int RANDOM_CASES = 150;

  @Test
  void vectorsGiveTheBitsOfThePlainLoops() {
    Backend simd = simd();
    Map<String, float[]> expected = new LinkedHashMap<>();
    EveryOperation.run(Backends.scalar(), RANDOM_CASES, expected::put);

    EveryOperation.run(
        simd, RANDOM_CASES, (name, values) -> assertSameBits(name, values, expected.remove(name)));

    assertThat(expected).isEmpty();
  }

  @Test
  void weightsThatAreNotFiniteGiveTheSameBitsToo() {
    Convolution geometry = new Convolution(Shape.of(2, 5, 6), 3, 1, Window.square(3, 1, 1));
    Tensor weight = Values.random(RandomKey.ofSeed(1), geometry.weight());
    weight.data()[weight.offset() + 4] = Float.POSITIVE_INFINITY;
    weight.data()[weight.offset() + 22] = Float.NaN;
    Tensor outputGradient = Values.random(RandomKey.ofSeed(2), geometry.output().prepend(2));
    Tensor expected = Values.blank(geometry.input().prepend(2));
    Tensor actual = Values.blank(geometry.input().prepend(2));
    Backend simd = simd();

    Backends.scalar()
        .convolveBackwardInput(geometry, outputGradient, weight, expected, new Workspace());
    simd.convolveBackwardInput(geometry, outputGradient, weight, actual, new Workspace());

    assertSameBits("infinite weight", actual.toArray(), expected.toArray());
  }

  private static Backend simd() {
    Optional<Backend> simd = Backends.simd();
    assumeTrue(simd.isPresent(), "no vectors: run with --add-modules jdk.incubator.vector");
    return simd.orElseThrow();
  }

  private static void assertSameBits(String name, float[] actual, float[] expected) {
    assertThat(expected).as("name of a case is unique: %s", name).isNotNull();
    assertThat(actual).as(name).hasSameSizeAs(expected);
    for (int i = 0; i < actual.length; i++) {
      if (Float.floatToIntBits(actual[i]) != Float.floatToIntBits(expected[i])) {
        assertThat(Integer.toHexString(Float.floatToIntBits(actual[i])))
            .as(
                "%s, element %d of %d: %s, expected %s",
                name, i, actual.length, actual[i], expected[i])
            .isEqualTo(Integer.toHexString(Float.floatToIntBits(expected[i])));
      }
    }
  }
}
