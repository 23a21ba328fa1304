package org.convoy.visual;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.convoy.image.Image;
import org.convoy.visual.ContactSheet.Tile;
import org.junit.jupiter.api.Test;

class ContactSheetTest {
  private static final int MARGIN = 16;

  @Test
  void everyPrintableLetterHasAShapeOfItsOwn() {
    Set<String> shapes = new HashSet<>();
    for (char letter = '!'; letter <= '~'; letter++) {
      String[] rows = BitmapFont.rows(letter);
      assertThat(rows.length).as("rows of " + letter).isBetween(7, 9);
      for (String row : rows) {
        assertThat(row).as("a row of " + letter).hasSize(5).matches("[#.]+");
      }
      assertThat(shapes.add(String.join("/", rows))).as(letter + " is like another").isTrue();
    }
    assertThat(BitmapFont.rows('é')).isEqualTo(BitmapFont.rows('→'));
    assertThat(shapes).doesNotContain(String.join("/", BitmapFont.rows('é')));
  }

  @Test
  void textIsDrawnPixelByPixel() {
    Canvas canvas = new Canvas(9, 13, 0);

    canvas.write("T1", 1, 1, 1, 0xff8001);

    Image image = canvas.image();
    assertThat(row(image, 1)).isEqualTo(".#####...#...");
    assertThat(row(image, 2)).isEqualTo("...#....##...");
    assertThat(row(image, 7)).isEqualTo("...#....###..");
    assertThat(image.get(1, 1, 1)).isEqualTo(0x80);
    assertThat(image.get(2, 1, 1)).isEqualTo(1);
  }

  @Test
  void smallPicturesAreEnlargedInWholeSteps() {
    Image tile = Image.of(1, 1, 2, (byte) 0, (byte) 255);

    Image sheet = new ContactSheet(List.of(), List.of(new Tile(tile, ""))).draw();

    assertThat(sheet.width()).isEqualTo(2 * MARGIN + 144);
    for (int y = MARGIN; y < MARGIN + 72; y++) {
      assertThat(sheet.get(0, y, MARGIN + 71)).isZero();
      assertThat(sheet.get(0, y, MARGIN + 72)).isEqualTo(255);
    }
  }

  @Test
  void tilesFillRowsOfAboutTwelveHundredPixels() {
    List<Tile> tiles = Collections.nCopies(25, new Tile(Image.black(3, 84, 84), "a b"));

    Image sheet = new ContactSheet(List.of("title", "more"), tiles).draw();

    assertThat(sheet.width()).isEqualTo(2 * MARGIN + 12 * 96 - 12);
    assertThat(sheet.get(0, sheet.height() - MARGIN - 30, MARGIN)).isZero();
    assertThat(sheet.get(0, sheet.height() - MARGIN - 30, MARGIN + 96)).isEqualTo(0xf7);
    assertThat(new ContactSheet(List.of("title", "more"), tiles).draw().toArray())
        .isEqualTo(sheet.toArray());
  }

  @Test
  void manyTilesAreSetSmaller() {
    Tile tile = new Tile(Image.black(1, 8, 8), "1");

    int few = new ContactSheet(List.of(), Collections.nCopies(64, tile), 1).draw().width();
    int many = new ContactSheet(List.of(), Collections.nCopies(65, tile), 1).draw().width();

    assertThat(few).isEqualTo(2 * MARGIN + 144);
    assertThat(many).isEqualTo(2 * MARGIN + 72);
  }

  @Test
  void numbersAreBrief() {
    assertThat(Brief.of(0)).isEqualTo("0");
    assertThat(Brief.of(-0.0f)).isEqualTo("0");
    assertThat(Brief.of(-1.25f)).isEqualTo("-1.25");
    assertThat(Brief.of(8.7f)).isEqualTo("8.7");
    assertThat(Brief.of(12345)).isEqualTo("12300");
    assertThat(Brief.of(0.0123456f)).isEqualTo("0.0123");
    assertThat(Brief.of(-3e-7f)).isEqualTo("-3e-07");
    assertThat(Brief.of(Float.NaN)).isEqualTo("NaN");
  }

  @Test
  void captionsAreBrokenBetweenWords() {
    Image tile = Image.black(1, 84, 84);

    assertThat(BitmapFont.width("ab c")).isEqualTo(23);
    int one = new ContactSheet(List.of(), List.of(new Tile(tile, "conv1"))).draw().height();
    int two = new ContactSheet(List.of(), List.of(new Tile(tile, "conv1 -1.25"))).draw().height();
    int wide =
        new ContactSheet(List.of(), List.of(new Tile(tile, "a-word-without-a-gap"))).draw().width();

    assertThat(two - one).isEqualTo(2 * BitmapFont.LINE);
    assertThat(wide).isEqualTo(2 * MARGIN + 2 * (20 * BitmapFont.ADVANCE - 1));
  }

  @Test
  void emptySheetsAreRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new ContactSheet(List.of("none"), List.of()))
        .withMessageContaining("at least one tile");
  }

  private static String row(Image image, int y) {
    StringBuilder row = new StringBuilder();
    for (int x = 0; x < image.width(); x++) {
      row.append(image.get(0, y, x) == 0 ? '.' : '#');
    }
    return row.toString();
  }
}
