package org.convoy.visual;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import org.convoy.image.Image;
import org.convoy.image.ImageSize;
import org.convoy.tensor.Shape;
import org.convoy.tensor.Tensor;
import org.convoy.visual.ContactSheet.Tile;
import org.junit.jupiter.api.Test;

class SheetsTest {
  @Test
  void filtersAreScaledByTheirOwnLargestWeightAroundGray() {
    Tensor weight = Tensor.of(Shape.of(2, 1, 1, 2), -2, 1, 0.5f, 0);

    ContactSheet sheet = FilterSheet.of("conv1", weight, 10);

    assertThat(sheet.title().get(0)).isEqualTo("conv1: 2 filters of 1x1x2");
    assertThat(sheet.tiles()).extracting(Tile::caption).containsExactly("0: 2", "1: 0.5");
    assertThat(values(sheet.tiles().get(0))).containsExactly(0, 191);
    assertThat(values(sheet.tiles().get(1))).containsExactly(255, 128);
  }

  @Test
  void filtersOverThreeChannelsAreColored() {
    Tensor weight = Tensor.of(Shape.of(1, 3, 1, 1), 1, -1, 0);

    ContactSheet sheet = FilterSheet.of("conv1", weight, 10);

    assertThat(values(sheet.tiles().get(0))).containsExactly(255, 0, 128);
  }

  @Test
  void otherChannelsAreShownOneByOneUpToALimit() {
    Tensor weight = Tensor.of(Shape.of(2, 2, 1, 1), 1, 2, 3, 4);

    assertThat(FilterSheet.of("c", weight, 10).tiles())
        .extracting(Tile::caption)
        .containsExactly("0,0: 1", "0,1: 2", "1,0: 3", "1,1: 4");
    assertThat(FilterSheet.of("c", weight, 3).tiles()).hasSize(3);
    assertThat(FilterSheet.of("c", weight, 3).title().get(0)).endsWith(", the first 3 pictures");
  }

  @Test
  void mapsReachFromTheirLeastValueToTheirLargest() {
    Tensor maps = Tensor.of(Shape.of(2, 1, 3), -1, 0, 3, 5, 5, 5);

    ContactSheet sheet = FeatureSheet.of("relu1", maps, 10);

    assertThat(sheet.title().get(0)).isEqualTo("relu1: 2 maps of 1x3");
    assertThat(sheet.tiles()).extracting(Tile::caption).containsExactly("0: -1 to 3", "1: 5 to 5");
    assertThat(values(sheet.tiles().get(0))).containsExactly(0, 64, 255);
    assertThat(values(sheet.tiles().get(1))).containsExactly(0, 0, 0);
    assertThat(FeatureSheet.of("relu1", maps, 1).title().get(0)).endsWith(", the first 1");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> FeatureSheet.of("fc", Tensor.zeros(Shape.of(10)), 1))
        .withMessageContaining("layer fc gives 10");
  }

  @Test
  void heatIsEnlargedFromNothingToItsLargest() {
    Tensor evidence = Tensor.of(Shape.of(1, 2), 0, 4);

    Image heat = HeatMap.gray(evidence, new ImageSize(1, 8));

    assertThat(values(heat)).isSorted().startsWith(0, 0).endsWith(255, 255);
    assertThat(values(HeatMap.gray(Tensor.zeros(Shape.of(1, 2)), new ImageSize(1, 4))))
        .containsOnly(0);
  }

  /** Blue and red are the colors at both ends; over a picture, no heat leaves it as it was. */
  @Test
  void heatIsColoredAndCoversWhereItIs() {
    Image heat = Image.of(1, 1, 2, (byte) 0, (byte) 255);
    Image white = Image.of(3, 1, 2, new byte[] {-1, -1, -1, -1, -1, -1});

    assertThat(values(HeatMap.colored(heat))).containsExactly(0x1b, 0xd7, 0x2a, 0x19, 0x8f, 0x1c);
    assertThat(values(HeatMap.over(white, heat)))
        .containsExactly(255, blended(0xd7), 255, blended(0x19), 255, blended(0x1c));
  }

  private static int blended(int color) {
    return (int) Math.rint(255 + 0.7 * (color - 255));
  }

  @Test
  void eachClassHasARowOfThree() {
    Image picture = Image.black(1, 28, 28);
    Tensor map = Tensor.of(Shape.of(1, 1), 2);

    ContactSheet sheet =
        EvidenceSheet.of(
            "relu2",
            picture,
            List.of(
                new EvidenceSheet.Evidence("cat", 0.75, map),
                new EvidenceSheet.Evidence("dog", 0.25, Tensor.zeros(Shape.of(1, 1)))));

    assertThat(sheet.columns()).isEqualTo(3);
    assertThat(sheet.tiles())
        .extracting(Tile::caption)
        .containsExactly(
            "what the network sees",
            "cat 75.0 %: 0 to 2",
            "cat 75.0 %",
            "what the network sees",
            "dog 25.0 %: nothing speaks for it",
            "dog 25.0 %");
    assertThat(sheet.tiles().get(0).image().shape()).isEqualTo(Shape.of(3, 252, 252));
    assertThat(sheet.draw().toArray()).isEqualTo(sheet.draw().toArray());
  }

  private static int[] values(Tile tile) {
    return values(tile.image());
  }

  private static int[] values(Image image) {
    byte[] bytes = image.toArray();
    int[] values = new int[bytes.length];
    for (int i = 0; i < values.length; i++) {
      values[i] = bytes[i] & 0xff;
    }
    return values;
  }
}
