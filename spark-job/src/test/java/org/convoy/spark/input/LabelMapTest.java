package org.convoy.spark.input;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.convoy.data.Annotation;
import org.convoy.image.Box;
import org.junit.jupiter.api.Test;

class LabelMapTest {
  private static final List<String> OWN = List.of("ant", "bee", "cat");
  private static final List<String> OTHER = List.of("cat", "dog", "ant");
  private static final Box BOX = new Box(1, 2, 3, 4);

  @Test
  void labelsAreFoundByTheirNames() throws InputException {
    LabelMap map = LabelMap.between(List.of("cat", "ant"), OTHER);

    assertThat(apply(map, Annotation.ofClass(1))).isEqualTo(Annotation.ofClass(2));
    assertThat(apply(map, Annotation.ofClasses(0, 1))).isEqualTo(Annotation.ofClasses(0, 2));
    assertThat(apply(map, Annotation.ofBox(1, BOX))).isEqualTo(Annotation.ofBox(2, BOX));
    assertThat(apply(map, Annotation.UNKNOWN)).isEqualTo(Annotation.UNKNOWN);
    assertThatThrownBy(() -> LabelMap.between(OWN, OTHER))
        .isInstanceOf(InputException.class)
        .hasMessage("there are images of class 'bee', but the expected classes are cat, dog, ant");
  }

  @Test
  void anImageWhoseOnlyClassIsNotKnownIsUnknown() {
    LabelMap map = LabelMap.betweenKnown(OWN, OTHER, /* many= */ false);

    assertThat(apply(map, Annotation.ofClass(0))).isEqualTo(Annotation.ofClass(2));
    assertThat(apply(map, Annotation.ofClass(1))).isEqualTo(Annotation.UNKNOWN);
    assertThat(apply(map, Annotation.ofBox(1, BOX))).isEqualTo(Annotation.UNKNOWN);
  }

  @Test
  void anImageOfSeveralClassesKeepsThoseThatAreKnown() {
    LabelMap map = LabelMap.betweenKnown(OWN, OTHER, /* many= */ true);

    assertThat(apply(map, Annotation.ofClasses(0, 1, 2))).isEqualTo(Annotation.ofClasses(0, 2));
    assertThat(apply(map, Annotation.ofClasses(1))).isEqualTo(Annotation.ofClasses());
    assertThat(apply(map, Annotation.ofObjects(new int[] {1, 2}, List.of(BOX, BOX))))
        .isEqualTo(Annotation.ofBox(0, BOX));
  }

  private static Annotation apply(LabelMap map, Annotation annotation) {
    return map.call(EncodedImage.file(0, "key", annotation, new byte[0])).annotation();
  }
}
