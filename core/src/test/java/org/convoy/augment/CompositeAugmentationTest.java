package org.convoy.augment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.convoy.image.ImageSize;
import org.convoy.image.geometry.Border;
import org.convoy.tensor.Shape;
import org.junit.jupiter.api.Test;

class CompositeAugmentationTest {
  private static final Shape IMAGE = Shape.of(3, 32, 32);
  private static final RandomFlip MIRROR = new RandomFlip(1, Axis.HORIZONTAL);
  private static final ColorShift SHIFT = new ColorShift(0.25);
  private static final int DRAWS = 4000;

  @Test
  void allOfThemHappenWithTheirProbability() {
    RandomApply apply = new RandomApply(List.of(MIRROR, SHIFT), 0.3);
    int count = 0;
    for (int id = 0; id < DRAWS; id++) {
      List<String> words = words(apply, id);
      assertThat(words).hasSize(words.contains("mirrored") ? 2 : 1);
      count += words.contains("mirrored") ? 1 : 0;
    }
    requireShare(count, 0.3);
  }

  @Test
  void eachChoiceIsEquallyLikely() {
    RandomChoice choice =
        new RandomChoice(List.of(MIRROR, SHIFT, new RandomGrayscale(1)), List.of());
    int mirrored = 0;
    int gray = 0;
    for (int id = 0; id < DRAWS; id++) {
      assertThat(words(choice, id)).hasSize(1);
      mirrored += words(choice, id).contains("mirrored") ? 1 : 0;
      gray += words(choice, id).contains("gray") ? 1 : 0;
    }
    requireShare(mirrored, 1 / 3.0);
    requireShare(gray, 1 / 3.0);
  }

  @Test
  void weightsMakeAChoiceLikelier() {
    RandomChoice choice =
        new RandomChoice(List.of(SHIFT, MIRROR, new RandomGrayscale(1)), List.of(0.0, 1.0, 3.0));
    int mirrored = 0;
    for (int id = 0; id < DRAWS; id++) {
      assertThat(words(choice, id)).isSubsetOf("mirrored", "gray");
      mirrored += words(choice, id).contains("mirrored") ? 1 : 0;
    }
    requireShare(mirrored, 0.25);
  }

  @Test
  void membersDrawIndependently() {
    RandomFlip maybe = new RandomFlip(0.5, Axis.HORIZONTAL);
    RandomApply twice = new RandomApply(List.of(maybe, maybe), 1);
    int alike = 0;
    for (int id = 0; id < DRAWS; id++) {
      alike += new HashSet<>(words(twice, id)).size() == 1 ? 1 : 0;
    }
    requireShare(alike, 0.5);
  }

  @Test
  void trivialAugmentDrawsEachOfFourteenOperationsEquallyOften() {
    Map<String, Integer> counts = new TreeMap<>();
    for (int id = 0; id < 14_000; id++) {
      List<String> words = words(new TrivialAugment(31), id);
      assertThat(words).hasSize(1);
      counts.merge(operation(words.get(0)), 1, Integer::sum);
    }
    // Of translation by 0 pixels, one word in 31, nobody knows the axis.
    assertThat(counts.values()).allMatch(count -> count > 0);
    assertThat(counts.entrySet().stream().filter(entry -> !entry.getKey().startsWith("moved")))
        .hasSize(12)
        .allMatch(entry -> entry.getValue() > 870 && entry.getValue() < 1130);
  }

  @Test
  void trivialAugmentReachesItsRanges() {
    Set<String> words = new HashSet<>();
    for (int id = 0; id < 14_000; id++) {
      words.addAll(words(new TrivialAugment(31), id));
    }
    assertThat(words)
        .contains(
            "rows sheared +0.990",
            "rows sheared -0.990",
            "columns sheared +0.990",
            "moved +32 down +0 right",
            "moved +0 down -32 right",
            "rotated +135.0 degrees",
            "rotated -135.0 degrees",
            "brightness x1.99",
            "brightness x0.01",
            "saturation x1.99",
            "contrast x0.01",
            "sharpness x1.99",
            "posterized to 8 bits",
            "posterized to 2 bits",
            "solarized from 1.00",
            "solarized from 0.00",
            "auto contrast",
            "equalized",
            "identity");
  }

  @Test
  void randAugmentHasOneMagnitudeAndTwoDirections() {
    Set<String> words = new HashSet<>();
    for (int id = 0; id < 2000; id++) {
      List<String> drawn = words(new RandAugment(2, 15, 31), id);
      assertThat(drawn).hasSize(2);
      words.addAll(drawn);
    }
    assertThat(words)
        .containsExactlyInAnyOrder(
            "identity",
            "rows sheared +0.150",
            "rows sheared -0.150",
            "columns sheared +0.150",
            "columns sheared -0.150",
            "moved +0 down +7 right",
            "moved +0 down -7 right",
            "moved +7 down +0 right",
            "moved -7 down +0 right",
            "rotated +15.0 degrees",
            "rotated -15.0 degrees",
            "brightness x1.45",
            "brightness x0.55",
            "saturation x1.45",
            "saturation x0.55",
            "contrast x1.45",
            "contrast x0.55",
            "sharpness x1.45",
            "sharpness x0.55",
            "posterized to 6 bits",
            "solarized from 0.50",
            "auto contrast",
            "equalized");
  }

  @Test
  void geometryThatIsDrawnLaterStillComesFirst() {
    Drawing drawing = new Drawing();
    for (int id = 0; id < 200; id++) {
      drawing.begin(IMAGE, true);
      drawing.add(new RandAugment(4, 20, 31), DrawContext.of(1, 0, id));
      long identities = drawing.words().stream().filter("identity"::equals).count();
      assertThat(drawing.steps().size() + drawing.changes().size() + identities).isEqualTo(4);
    }
  }

  @Test
  void aChainMayHoldThemBetweenGeometryAndValues() {
    RandAugment mixed = new RandAugment(2, 9, 31);
    PixelPipeline pipeline = new PixelPipeline(List.of(MIRROR, mixed, SHIFT), Normalization.NONE);
    assertThat(pipeline.words(IMAGE, DrawContext.of(1, 0, 0))).hasSize(4);
    assertThatThrownBy(() -> new PixelPipeline(List.of(mixed, MIRROR), Normalization.NONE))
        .hasMessage(
            "random-flip moves pixels and stands after rand-augment, which changes values;"
                + " put what moves pixels first");
    assertThatThrownBy(() -> new RandomApply(List.of(SHIFT, MIRROR), 0.5))
        .hasMessage(
            "random-flip moves pixels and stands after color-shift, which changes values;"
                + " put what moves pixels first");
  }

  @Test
  void whatChangesTheShapeMayNotBeLeftToChance() {
    RandomCrop crop = new RandomCrop(ImageSize.square(28), 0, Border.ZERO);
    assertThatThrownBy(() -> new RandomApply(List.of(MIRROR, crop), 0.5).outputShape(IMAGE))
        .hasMessage(
            "random-apply holds random-crop, which makes images of 3x28x28 of 3x32x32;"
                + " only what keeps the shape may be left to chance");
    RandomCrop same = new RandomCrop(ImageSize.square(32), 4, Border.ZERO);
    assertThat(new RandomChoice(List.of(same, MIRROR), List.of()).outputShape(IMAGE))
        .isEqualTo(IMAGE);
  }

  @Test
  void optionsOutsideOfTheirRangesAreRefused() {
    assertThatThrownBy(() -> new RandomApply(List.of(), 0.5))
        .hasMessage("random-apply needs at least one augmentation, got none");
    assertThatThrownBy(() -> new RandomApply(List.of(MIRROR), -1))
        .hasMessage("probability must be in [0, 1], got -1.0");
    assertThatThrownBy(() -> new RandomChoice(List.of(MIRROR), List.of(1.0, 2.0)))
        .hasMessage("random-choice has 2 weights for 1 augmentations; give one for each, or none");
    assertThatThrownBy(() -> new RandomChoice(List.of(MIRROR), List.of(0.0)))
        .hasMessage("weights must be at least 0 and finite, and one above 0, got [0.0]");
    assertThatThrownBy(() -> new RandAugment(15, 9, 31))
        .hasMessage("operations must be in 0..14, got 15");
    assertThatThrownBy(() -> new RandAugment(2, 31, 31))
        .hasMessage("magnitude must be in 0..30, got 31");
    assertThatThrownBy(() -> new RandAugment(2, 0, 1))
        .hasMessage("levels must be at least 2, got 1");
    assertThatThrownBy(() -> new TrivialAugment(1)).hasMessage("levels must be at least 2, got 1");
  }

  private static String operation(String words) {
    if (words.startsWith("moved")) {
      return words.contains("+0 right") ? "moved down" : "moved right";
    }
    return words.replaceAll("[0-9x.+-]+", "").trim();
  }

  private static List<String> words(Augmentation augmentation, int id) {
    return new PixelPipeline(List.of(augmentation), Normalization.NONE)
        .words(IMAGE, DrawContext.of(1, 0, id));
  }

  /** Within four standard deviations of a binomial variable. */
  private static void requireShare(int count, double share) {
    assertThat((double) count / DRAWS)
        .isCloseTo(share, within(4 * Math.sqrt(share * (1 - share) / DRAWS)));
  }
}
