package org.convoy.visual;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.convoy.augment.Axis;
import org.convoy.augment.Normalization;
import org.convoy.augment.PixelPipeline;
import org.convoy.augment.RandomCrop;
import org.convoy.augment.RandomFlip;
import org.convoy.image.Image;
import org.convoy.image.ImageSize;
import org.convoy.image.geometry.Border;
import org.convoy.visual.ContactSheet.Tile;
import org.junit.jupiter.api.Test;

class AugmentationSheetTest {
  private static final Image PICTURE =
      Image.of(1, 2, 3, (byte) 10, (byte) 20, (byte) 30, (byte) 40, (byte) 50, (byte) 255);
  private static final AugmentationSheet.Draws FOUR = new AugmentationSheet.Draws(1, 0, 6, 4);

  @Test
  void eachEpochShowsWhatItsWordsSay() {
    ContactSheet sheet = AugmentationSheet.of(PICTURE, alternating(Normalization.NONE), FOUR, 2);

    List<Tile> tiles = sheet.tiles();
    assertThat(sheet.title()).containsExactly("augmented to 2x3, seed 1, image 0");
    assertThat(tiles).hasSize(5);
    assertThat(tiles.get(0).caption()).isEqualTo("original 2x3");
    assertThat(tiles.get(0).image().toArray()).isEqualTo(PICTURE.toArray());
    int mirrored = 0;
    for (int i = 1; i < 5; i++) {
      boolean mirror = tiles.get(i).caption().equals("epoch " + (5 + i) + "\nmirrored");
      mirrored += mirror ? 1 : 0;
      assertThat(tiles.get(i).image().get(0, 0, 0)).isEqualTo(mirror ? 30 : 10);
      assertThat(tiles.get(i).image().get(0, 1, mirror ? 0 : 2)).isEqualTo(255);
    }
    assertThat(mirrored).isEqualTo(2);
  }

  @Test
  void normalizationIsLeftOut() {
    Normalization dark = new Normalization(List.of(0.5), List.of(0.25));
    assertThat(images(AugmentationSheet.of(PICTURE, alternating(dark), FOUR, 0)))
        .isEqualTo(images(AugmentationSheet.of(PICTURE, alternating(Normalization.NONE), FOUR, 0)));
  }

  @Test
  void aLargePictureIsShrunkToTheSizeOfItsTiles() {
    RandomCrop crop = new RandomCrop(ImageSize.square(8), 0, Border.ZERO);
    PixelPipeline pipeline = new PixelPipeline(List.of(crop), Normalization.NONE);

    ContactSheet sheet = AugmentationSheet.of(Image.black(3, 20, 40), pipeline, FOUR, 0);

    Image original = sheet.tiles().get(0).image();
    assertThat(original.height()).isEqualTo(4);
    assertThat(original.width()).isEqualTo(8);
    assertThat(sheet.tiles().get(1).image().height()).isEqualTo(8);
  }

  @Test
  void drawsOutsideOfTheirRangesAreRefused() {
    assertThatThrownBy(() -> new AugmentationSheet.Draws(1, 0, -1, 4))
        .hasMessage("epoch must be at least 0, got -1");
    assertThatThrownBy(() -> new AugmentationSheet.Draws(1, 0, 0, 0))
        .hasMessage("count must be in 1..10000, got 0");
  }

  private static PixelPipeline alternating(Normalization normalization) {
    return new PixelPipeline(List.of(new RandomFlip(0.5, Axis.HORIZONTAL, true)), normalization);
  }

  private static List<List<Byte>> images(ContactSheet sheet) {
    return sheet.tiles().stream().map(tile -> bytes(tile.image())).toList();
  }

  private static List<Byte> bytes(Image image) {
    List<Byte> bytes = new ArrayList<>();
    for (byte value : image.toArray()) {
      bytes.add(value);
    }
    return bytes;
  }
}
