package org.convoy.spark.input;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MaxBadImagesTest {
  @Test
  void aWholeNumberIsACountAndAPointOrPercentSignMakesAPart() {
    assertThat(MaxBadImages.parse(100)).isEqualTo(MaxBadImages.ofCount(100));
    assertThat(MaxBadImages.parse("100")).isEqualTo(MaxBadImages.ofCount(100));
    assertThat(MaxBadImages.parse(1)).isEqualTo(MaxBadImages.ofCount(1));
    assertThat(MaxBadImages.parse(1.0)).isEqualTo(MaxBadImages.ofPart(1));
    assertThat(MaxBadImages.parse(0.05)).isEqualTo(MaxBadImages.DEFAULT);
    assertThat(MaxBadImages.parse("5%")).isEqualTo(MaxBadImages.DEFAULT);
    assertThat(MaxBadImages.parse(" 0.05 ")).isEqualTo(MaxBadImages.DEFAULT);
  }

  @Test
  void whatIsDescribedIsReadAgain() {
    for (Object form : new Object[] {0, 100, 1.0, 0.125, "12.5%"}) {
      MaxBadImages limit = MaxBadImages.parse(form);
      assertThat(MaxBadImages.parse(limit.describe())).isEqualTo(limit);
    }
  }

  @Test
  void aCountKnowsNoTotal() {
    assertThat(MaxBadImages.ofCount(2).allows(2, 3)).isTrue();
    assertThat(MaxBadImages.ofCount(2).allows(3, 1_000_000)).isFalse();
    assertThat(MaxBadImages.ofPart(0.5).allows(2, 4)).isTrue();
    assertThat(MaxBadImages.ofPart(0.5).allows(3, 4)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"many", "-1", "101%", "1.5", "5 %%"})
  void anythingElseIsRefused(String text) {
    assertThatThrownBy(() -> MaxBadImages.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("image");
  }

  @Test
  void reasonsAreCountedByKind() {
    assertThat(BadImages.kind("PNG file is truncated: it ends in row 16 of 32"))
        .isEqualTo("PNG file is truncated");
    assertThat(BadImages.kind("JPEG with 12 bits a sample")).isEqualTo("JPEG with N bits a sample");
    assertThat(BadImages.kind("has height x width 375x500, expected 240x320; set data.resize"))
        .isEqualTo("has height x width 375x500, expected 240x320");
    UndecodableImage empty = new UndecodableImage(1, "a", null, 0, "the file is empty", "", false);
    UndecodableImage cut = new UndecodableImage(2, "b", null, 9, "PNG is cut: 7", "", true);
    assertThat(BadImages.summary(List.of(empty, cut, cut)))
        .containsExactly("       2  PNG is cut", "       1  the file is empty");
  }
}
