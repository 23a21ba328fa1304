package org.convoy.nn.layer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import org.convoy.description.Json;
import org.junit.jupiter.api.Test;

class ExtentTest {

  @Test
  void isDescribedByOneNumberOrOnePerAxis() {
    assertThat(Extent.of(5).describe()).isEqualTo(5);
    assertThat(Extent.of(5, 3).describe()).isEqualTo(List.of(5, 3));
    assertThat(Extent.of(5)).hasToString("5");
    assertThat(Extent.of(5, 3)).hasToString("5x3");
  }

  @Test
  void readsWhatItDescribes() {
    for (Extent extent : List.of(Extent.of(5), Extent.of(5, 3), Extent.of(1, 2, 3))) {
      assertThat(Extent.parse(Json.parse(Json.write(extent.describe())))).isEqualTo(extent);
    }
  }

  @Test
  void readsNumbersOfAnyClass() {
    assertThat(Extent.parse(3)).isEqualTo(Extent.of(3));
    assertThat(Extent.parse(3L)).isEqualTo(Extent.of(3));
    assertThat(Extent.parse(3.0)).isEqualTo(Extent.of(3));
    assertThat(Extent.parse(null)).isNull();
  }

  @Test
  void refusesWhatIsNoSize() {
    assertRefused("five", "expected a size such as 5 or [5, 3], got the text \"five\"");
    assertRefused(2.5, "expected a size such as 5 or [5, 3], got 2.5");
    assertRefused(1L << 40, "expected a size such as 5 or [5, 3], got 1099511627776");
    assertRefused(List.of(1, "x"), "expected a size such as 5 or [5, 3], got a list [1,\"x\"]");
    assertRefused(List.of(), "expected one to three sizes, got []");
    assertRefused(List.of(1, 2, 3, 4), "expected one to three sizes, got [1, 2, 3, 4]");
    assertRefused(40_000, "every size must be in 1..32767, got [40000]");
    assertRefused(List.of(3, 0), "every size must be in 1..32767, got [3, 0]");
  }

  @Test
  void equalSizesBecomeOneNumberOnALayersAxes() {
    assertThat(Extent.of(5, 5).onAxes(2, "kernelSize")).isEqualTo(Extent.of(5));
    assertThat(Extent.of(5, 3).onAxes(2, "kernelSize")).isEqualTo(Extent.of(5, 3));
  }

  @Test
  void numberOfSizesMustFitALayersAxes() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Extent.of(5, 5, 5).onAxes(2, "kernelSize"))
        .withMessage("kernelSize must be one number or 2 numbers, got [5, 5, 5]");
  }

  private static void assertRefused(Object described, String message) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Extent.parse(described))
        .withMessage(message);
  }
}
