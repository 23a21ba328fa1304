package org.convoy.nn.layer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.convoy.description.Json;
import org.junit.jupiter.api.Test;

class PaddingTest {
  private static final Map<Padding, String> DESCRIPTIONS =
      Map.of(
          Padding.same(), "\"same\"",
          Padding.valid(), "\"valid\"",
          Padding.of(2), "2",
          Padding.of(1, 0), "[1,0]",
          Padding.perSide(1, 2, 0, 1), "[[1,2],[0,1]]",
          Padding.perSide(1, 2, 1, 2).onAxes(2), "[[1,2]]",
          Padding.of(0, 1, 2), "[0,1,2]");

  @Test
  void isDescribedInItsShortestForm() {
    DESCRIPTIONS.forEach(
        (padding, json) -> assertThat(Json.write(padding.describe())).isEqualTo(json));
  }

  @Test
  void readsWhatItDescribes() {
    DESCRIPTIONS.forEach(
        (padding, json) -> assertThat(Padding.parse(Json.parse(json))).isEqualTo(padding));
  }

  @Test
  void noPaddingIsValidHoweverItIsWritten() {
    assertThat(Padding.parse(0)).isEqualTo(Padding.valid());
    assertThat(Padding.parse(List.of(0, 0)).onAxes(2)).isEqualTo(Padding.valid());
    assertThat(Padding.perSide(0, 0, 0, 0).onAxes(2)).isEqualTo(Padding.valid());
  }

  @Test
  void explicitPaddingIsWhatItSays() {
    Padding padding = Padding.perSide(1, 2, 0, 3);
    assertThat(padding.sides(0, 9, 3, 1)).isEqualTo(new Padding.Sides(1, 2));
    assertThat(padding.sides(1, 9, 3, 1)).isEqualTo(new Padding.Sides(0, 3));
    assertThat(Padding.of(2).sides(1, 9, 3, 1)).isEqualTo(new Padding.Sides(2, 2));
    assertThat(Padding.of(2, 1).sides(1, 9, 3, 1)).isEqualTo(new Padding.Sides(1, 1));
  }

  @Test
  void samePaddingPutsTheOddRestAtTheEnd() {
    assertThat(Padding.same().sides(0, 6, 3, 1)).isEqualTo(new Padding.Sides(1, 1));
    assertThat(Padding.same().sides(0, 6, 2, 1)).isEqualTo(new Padding.Sides(0, 1));
    assertThat(Padding.same().sides(0, 224, 7, 2)).isEqualTo(new Padding.Sides(2, 3));
    assertThat(Padding.same().sides(0, 6, 2, 3)).isEqualTo(new Padding.Sides(0, 0));
  }

  @Test
  void samePaddingGivesTheCeilingOfSizeByStride() {
    for (int size = 1; size <= 20; size++) {
      for (int extent = 1; extent <= 9; extent++) {
        for (int stride = 1; stride <= 5; stride++) {
          Padding.Sides sides = Padding.same().sides(0, size, extent, stride);
          int windows = (size + sides.before() + sides.after() - extent) / stride + 1;
          assertThat(windows).isEqualTo((size + stride - 1) / stride);
          assertThat(sides.after() - sides.before()).isBetween(0, 1);
        }
      }
    }
  }

  @Test
  void refusesWhatIsNoPadding() {
    String expected =
        "expected a padding such as \"same\", \"valid\", 2, [1, 0] or [[1, 2], [0, 1]], got ";
    assertRefused("full", expected + "the text \"full\"");
    assertRefused(null, expected + "null");
    assertRefused(0.5, expected + "0.5");
    assertRefused(List.of(List.of(1, 2, 3)), expected + "a list [[1,2,3]]");
    assertRefused(List.of(), "expected padding on one to three axes, got 0");
    assertRefused(List.of(1, 2, 3, 4), "expected padding on one to three axes, got 4");
    assertRefused(32_768, "padding must be in 0..32767, got 32768");
    assertRefused(-1, "padding must be in 0..32767, got -1");
    assertRefused(List.of(Arrays.asList(0, -2)), "padding must be in 0..32767, got -2");
  }

  @Test
  void numberOfEntriesMustFitALayersAxes() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Padding.of(1, 2, 3).onAxes(2))
        .withMessage("padding must be one entry or 2 entries, got [1, 2, 3]");
  }

  private static void assertRefused(Object described, String message) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Padding.parse(described))
        .withMessage(message);
  }
}
