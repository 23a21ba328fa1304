package org.convoy.image.geometry;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.assertj.core.data.Offset;
import org.convoy.image.Box;
import org.convoy.random.RandomKey;
import org.junit.jupiter.api.Test;

class BoxTracksTest {
  private static final Box BOX = new Box(1, 2, 3, 5);

  /** An affine map of which nobody knows that it is one. */
  private record Hidden(InverseMap map) implements InverseMap {
    @Override
    public void toInput(double[] rows, double[] columns, int count, Scratch scratch) {
      map.toInput(rows, columns, count, scratch);
    }
  }

  @Test
  void aMirrorExchangesLeftAndRight() {
    VisibleBox found = follow(BOX, 8, 10, step(AffineMap.mirrorColumns(10), 8, 10));
    assertThat(found).isEqualTo(new VisibleBox(new Box(1, 5, 3, 8), 1));
  }

  @Test
  void aShiftMovesAndWhatLeavesThePictureIsCutOff() {
    VisibleBox found = follow(BOX, 8, 10, step(AffineMap.shift(2, 1), 8, 10));
    assertThat(found).isEqualTo(new VisibleBox(new Box(0, 1, 1, 4), 0.5));
  }

  @Test
  void whatIsOutsideIsGone() {
    VisibleBox found = follow(BOX, 8, 10, step(AffineMap.shift(0, 5), 8, 10));
    assertThat(found.visible()).isZero();
  }

  @Test
  void aPictureHalfAsLargeHasABoxHalfAsLarge() {
    AffineMap half = new AffineMap(2, 0, 0.5, 0, 2, 0.5);
    VisibleBox found = follow(BOX, 4, 5, step(half, 8, 10));
    assertThat(found).isEqualTo(new VisibleBox(new Box(0.5, 1, 1.5, 2.5), 1));
  }

  @Test
  void whatAnEarlierCropCutOffDoesNotComeBack() {
    GeometricStep crop = step(AffineMap.shift(2, 0), 8, 10);
    GeometricStep back = step(AffineMap.shift(-2, 0), 6, 10);
    assertThat(follow(BOX, 8, 10, crop, back)).isEqualTo(new VisibleBox(new Box(2, 2, 3, 5), 0.5));
  }

  @Test
  void aTurnedBoxHasABoxAroundItsCorners() {
    double s = Math.sqrt(0.5);
    AffineMap turn = AffineMap.aboutCenter(s, s, -s, s, 20, 20);
    VisibleBox found = follow(new Box(8, 8, 12, 12), 20, 20, step(turn, 20, 20));
    double half = 2 * Math.sqrt(2);
    close(found.box(), 10 - half, 10 - half, 10 + half, 10 + half, 1e-9);
    assertThat(found.visible()).isEqualTo(1, Offset.offset(1e-9));
  }

  @Test
  void cornersFollowAPerspective() {
    PerspectiveMap map =
        PerspectiveMap.ofPoints(
            List.of(point(2, 1), point(0, 19), point(19, 18), point(16, 3)),
            List.of(point(0, 0), point(0, 19), point(19, 19), point(19, 0)));
    VisibleBox whole = follow(new Box(0.5, 0.5, 19.5, 19.5), 20, 20, step(map, 20, 20));
    close(whole.box(), 0.5, 1.5, 19.5, 19.5, 1e-9);
    assertThat(whole.visible()).isEqualTo(1, Offset.offset(1e-9));
  }

  @Test
  void otherMapsAreRightToHalfAPixel() {
    double s = Math.sqrt(0.5);
    AffineMap turn = AffineMap.aboutCenter(s, s, -s, s, 30, 40);
    Box box = new Box(5, 10, 20, 25);
    VisibleBox exact = follow(box, 30, 40, step(turn, 30, 40));
    VisibleBox found = follow(box, 30, 40, step(new Hidden(turn), 30, 40));
    close(
        found.box(),
        exact.box().top(),
        exact.box().left(),
        exact.box().bottom(),
        exact.box().right(),
        0.5);
    assertThat(found.visible()).isEqualTo(exact.visible(), Offset.offset(0.02));
  }

  @Test
  void otherMapsCutOffWhatLeavesThePicture() {
    VisibleBox found = follow(BOX, 8, 10, step(new Hidden(AffineMap.shift(2, 1)), 8, 10));
    assertThat(found).isEqualTo(new VisibleBox(new Box(0, 1, 1, 4), 0.5));
  }

  @Test
  void aWarpMovesABoxByNoMoreThanItsFieldDoes() {
    RandomKey key = RandomKey.ofSeed(1);
    WarpMap warp = new WarpMap(key::bits, 34, 4, 40, 40);
    Box box = new Box(10, 12, 25, 30);
    VisibleBox found = follow(box, 40, 40, step(warp, 40, 40));
    double most = warp.farthest() + 0.5;
    close(found.box(), 10, 12, 25, 30, most);
    assertThat(found.box()).isNotEqualTo(box);
    assertThat(found.visible()).isEqualTo(1, Offset.offset(0.05));
  }

  @Test
  void aFlattenedPictureShowsNothing() {
    AffineMap flat = new AffineMap(0, 0, 2, 0, 1, 0);
    assertThat(follow(BOX, 8, 10, step(flat, 8, 10)).visible()).isZero();
  }

  @Test
  void withoutStepsABoxIsClipped() {
    VisibleBox found = follow(new Box(-2, 0, 2, 4), 8, 10);
    assertThat(found).isEqualTo(new VisibleBox(new Box(0, 0, 2, 4), 0.5));
  }

  private static VisibleBox follow(Box box, int height, int width, GeometricStep... steps) {
    return new BoxTracks(List.of(steps), height, width).follow(List.of(box)).get(0);
  }

  private static GeometricStep step(InverseMap map, int height, int width) {
    return new GeometricStep(map, Border.REFLECT, height, width);
  }

  private static PerspectiveMap.Point point(double row, double column) {
    return new PerspectiveMap.Point(row, column);
  }

  private static void close(
      Box box, double top, double left, double bottom, double right, double within) {
    Offset<Double> offset = Offset.offset(within);
    assertThat(box.top()).isEqualTo(top, offset);
    assertThat(box.left()).isEqualTo(left, offset);
    assertThat(box.bottom()).isEqualTo(bottom, offset);
    assertThat(box.right()).isEqualTo(right, offset);
  }
}
