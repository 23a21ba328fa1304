package org.convoy.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.util.List;
import org.convoy.image.Box;
import org.junit.jupiter.api.Test;

class AnnotationTest {
  private static final Box LEFT = new Box(1, 0, 5, 2.5);
  private static final Box RIGHT = new Box(0, 4, 3, 8);
  private static final Annotation OBJECTS =
      Annotation.ofObjects(new int[] {7, 2, 7}, List.of(LEFT, RIGHT, RIGHT));

  @Test
  void anImageOfOneClassIsShared() {
    assertThat(Annotation.ofClass(999)).isSameAs(Annotation.ofClasses(999)).isEqualTo(one(999));
    assertThat(Annotation.ofClass(1 << 20)).isEqualTo(one(1 << 20)).isNotEqualTo(one(3));
    assertThat(Annotation.ofClass(5).label()).isEqualTo(5);
    assertThat(Annotation.ofClass(5).hasBoxes()).isFalse();
    assertThat(Annotation.ofLabel(Annotation.NO_LABEL)).isSameAs(Annotation.UNKNOWN);
  }

  private static Annotation one(int label) {
    return Annotation.ofClasses(label, label);
  }

  @Test
  void classesAreASet() {
    assertThat(Annotation.ofClasses(4, 1, 4, 2).classes()).containsExactly(1, 2, 4);
    assertThat(Annotation.ofClasses(4, 1)).isEqualTo(Annotation.ofClasses(1, 4));
    assertThat(Annotation.ofClasses(4, 1)).hasToString("classes [1, 4]");
  }

  @Test
  void nothingThereIsNotNothingKnown() {
    assertThat(Annotation.ofClasses()).isNotEqualTo(Annotation.UNKNOWN).hasToString("classes []");
    assertThat(Annotation.ofClasses().isKnown()).isTrue();
    assertThat(Annotation.ofObjects(new int[0], List.of())).isEqualTo(Annotation.ofClasses());
    assertThat(Annotation.UNKNOWN.isKnown()).isFalse();
    assertThat(Annotation.UNKNOWN.classes()).isEmpty();
    assertThat(Annotation.UNKNOWN.label()).isEqualTo(Annotation.NO_LABEL);
    assertThat(Annotation.UNKNOWN).hasToString("unknown");
  }

  @Test
  void objectsKeepTheirOrderAndBoxes() {
    assertThat(OBJECTS.labelCount()).isEqualTo(3);
    assertThat(OBJECTS.label(1)).isEqualTo(2);
    assertThat(OBJECTS.box(1)).isEqualTo(RIGHT);
    assertThat(OBJECTS.boxes()).containsExactly(LEFT, RIGHT, RIGHT);
    assertThat(OBJECTS.classes()).containsExactly(2, 7);
    assertThat(Annotation.ofBox(2, LEFT)).hasToString("class 2 in " + LEFT);
    assertThat(Annotation.ofBox(2, LEFT)).isNotEqualTo(Annotation.ofClass(2));
  }

  @Test
  void labelsAreRenamedAndDroppedWithTheirBoxes() {
    assertThat(OBJECTS.withLabels(label -> label + 1))
        .isEqualTo(Annotation.ofObjects(new int[] {8, 3, 8}, OBJECTS.boxes()));
    assertThat(OBJECTS.keep(label -> label == 7))
        .isEqualTo(Annotation.ofObjects(new int[] {7, 7}, List.of(LEFT, RIGHT)));
    assertThat(Annotation.ofClasses(1, 2, 3).keep(label -> label != 2))
        .isEqualTo(Annotation.ofClasses(1, 3));
    assertThat(Annotation.ofClasses(1, 2).withLabels(label -> 3 - label))
        .isEqualTo(Annotation.ofClasses(1, 2));
    assertThat(Annotation.UNKNOWN.withLabels(label -> 0)).isEqualTo(Annotation.UNKNOWN);
    assertThat(Annotation.UNKNOWN.keep(label -> false)).isEqualTo(Annotation.UNKNOWN);
  }

  @Test
  void boxesMove() {
    assertThat(Annotation.ofBox(3, LEFT).withBoxes(box -> RIGHT))
        .isEqualTo(Annotation.ofBox(3, RIGHT));
    assertThat(Annotation.ofClass(3).withBoxes(box -> RIGHT)).isEqualTo(Annotation.ofClass(3));
  }

  @Test
  void eachKindOfSetSaysWhatItsImagesMayHave() {
    List<Annotation> all =
        List.of(
            Annotation.UNKNOWN,
            Annotation.ofClasses(),
            Annotation.ofClass(1),
            Annotation.ofClasses(1, 2),
            Annotation.ofBox(1, LEFT),
            OBJECTS);

    assertThat(all.stream().filter(Annotation.Kind.NONE::allows)).containsExactly(all.get(0));
    assertThat(all.stream().filter(Annotation.Kind.CLASS::allows)).containsExactly(all.get(2));
    assertThat(all.stream().filter(Annotation.Kind.CLASSES::allows))
        .containsExactly(all.get(1), all.get(2), all.get(3));
    assertThat(all.stream().filter(Annotation.Kind.CLASS_AND_BOX::allows))
        .containsExactly(all.get(2), all.get(4));
    assertThat(all.stream().filter(Annotation.Kind.OBJECTS::allows))
        .containsExactly(all.get(1), all.get(4), OBJECTS);
  }

  @Test
  void whatDoesNotFitIsRefused() {
    assertThatThrownBy(() -> Annotation.ofClass(-2))
        .hasMessage("classes are numbered from 0, got -2");
    assertThatThrownBy(() -> Annotation.ofObjects(new int[] {1}, List.of()))
        .hasMessage("objects need a class and a box each, got 1 classes and 0 boxes");
    assertThatThrownBy(() -> Annotation.ofClasses(1, 2).label())
        .hasMessage("expected an image of one class, got classes [1, 2]");
    assertThatThrownBy(() -> Annotation.ofClass(1).box(0))
        .hasMessage("expected a box for each label, got class 1");
  }

  @Test
  void javaSerializationKeepsThem() throws IOException, ClassNotFoundException {
    for (Annotation annotation : List.of(Annotation.UNKNOWN, Annotation.ofClasses(), OBJECTS)) {
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
        out.writeObject(annotation);
      }
      try (ObjectInputStream in =
          new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
        assertThat(in.readObject()).isEqualTo(annotation);
      }
    }
  }

  @Test
  void packedAnnotationsComeBack() {
    List<List<Annotation>> sets =
        List.of(
            List.of(),
            List.of(Annotation.ofClass(3), Annotation.UNKNOWN, Annotation.ofClass(2000)),
            List.of(Annotation.ofClasses(), Annotation.ofClasses(1, 5), Annotation.UNKNOWN),
            List.of(Annotation.ofBox(1, LEFT), Annotation.ofClass(2), Annotation.UNKNOWN),
            List.of(OBJECTS, Annotation.ofClasses(), Annotation.ofClasses(1, 2), OBJECTS));

    for (List<Annotation> set : sets) {
      PackedAnnotations packed = PackedAnnotations.of(set);
      assertThat(packed.size()).isEqualTo(set.size());
      for (int i = 0; i < set.size(); i++) {
        assertThat(packed.get(i)).isEqualTo(set.get(i));
      }
    }
    assertThat(sets.stream().map(set -> PackedAnnotations.of(set).arePlain()))
        .containsExactly(true, true, false, false, false);
    assertThat(PackedAnnotations.of(sets.get(1)).byteCount()).isEqualTo(12);
    assertThat(PackedAnnotations.of(sets.get(3)).byteCount()).isEqualTo(3 * 4 + 3 * 32);
  }
}
