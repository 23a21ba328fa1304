package org.convoy.spark.input;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.convoy.data.Annotation;
import org.convoy.image.Box;
import org.convoy.image.codec.PictureDecoder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ListSourceTest {
  @TempDir private Path directory;

  private ImageSet open(String name, String lines) throws IOException {
    return Reading.open(source(name, lines, false, false));
  }

  private ListSource source(String name, String lines, boolean header, boolean several) {
    Path file = SampleImages.text(directory.resolve(name), lines);
    return new ListSource(
        List.of(file.toString()), "", header, List.of(), several, "|", GivenClasses.NONE);
  }

  private static List<String> annotations(ImageSet set) throws IOException {
    return Reading.read(set, 2).stream().map(image -> image.annotation().toString()).toList();
  }

  @Test
  void pathsMayBeQuotedAbsoluteRelativeAndHoldAnything() throws IOException {
    List<String> names = List.of("a,b \"c\".png", "a #1.png", "a%20b.png", "a:b.png", "ü=画.png");
    for (int i = 0; i < names.size(); i++) {
      SampleImages.png(directory.resolve("at/" + names.get(i)), i, 3, 4);
    }

    ImageSet set =
        open(
            "x.csv",
            "\uFEFF\"at/a,b \"\"c\"\".png\",1\r\n"
                + ("at/a #1.png,0\n\n" + directory + "/at/a%20b.png,2\n")
                + ("at/a:b.png,1\nfile:" + directory + "/at/ü=画.png,0"));
    List<EncodedImage> images = Reading.read(set, 2);

    assertThat(set.summary().classes()).containsExactly("0", "1", "2");
    assertThat(images)
        .extracting(EncodedImage::key)
        .containsExactlyElementsOf(
            names.stream().map(name -> "file:" + directory + "/at/" + name).toList());
    assertThat(images)
        .allMatch(image -> image.decode(PictureDecoder.ofColor()).picture().isPresent());
    assertThat(images).extracting(i -> i.annotation().label()).containsExactly(1, 0, 2, 1, 0);
  }

  @Test
  void aHeaderThatIsNotAnnouncedIsNoImage() {
    assertThatThrownBy(() -> open("x.csv", "Image,class\na.png,cat\nb.png,dog\n"))
        .isInstanceOf(InputException.class)
        .hasMessage(
            "lists: line 1 of file:%s/x.csv: 'Image, class' names columns and no image; set header"
                + " = true, so that it is not read as one",
            directory);
  }

  @Test
  void rootsAndClassesMayBeGiven() throws IOException {
    Path file = SampleImages.text(directory.resolve("lists/x.csv"), "1.png,dog\n2.png,cat\n");
    SampleImages.png(directory.resolve("1.png"), 1, 3, 4);

    ImageSet set =
        Reading.open(
            new ListSource(
                List.of(file.toString()),
                directory.toString(),
                false,
                List.of("path", "label"),
                false,
                "|",
                GivenClasses.of(List.of("emu", "dog"))));
    List<EncodedImage> images = Reading.read(set, 1);

    assertThat(set.summary().classes()).containsExactly("emu", "dog");
    assertThat(set.summary().notes())
        .containsExactly(
            "no image is of class emu",
            "1 labels are none of the classes, such as 'cat': those images cannot be read");
    assertThat(images.get(0).annotation().label()).isEqualTo(1);
    assertThat(images.get(0).decode(PictureDecoder.ofColor()).picture()).isPresent();
    assertThat(images.get(1).decode(PictureDecoder.ofColor()).problem())
        .isEqualTo("cannot be used: its label 'cat' is none of the 2 classes ('emu', 'dog')");
  }

  @Test
  void severalLabelsAndBoxesAreRead() throws IOException {
    ImageSet labels =
        Reading.open(source("a.csv", "1.png,sun|sea\n2.png,\n3.png,sea", false, true));
    assertThat(labels.summary().kind()).isEqualTo(Annotation.Kind.CLASSES);
    assertThat(labels.summary().classes()).containsExactly("sea", "sun");
    assertThat(annotations(labels)).containsExactly("classes [0, 1]", "classes []", "class 0");

    String header = "filename\tclass\txmin\tymin\txmax\tymax\n";
    String lines = "1.png\tdog\t1\t2\t3.5\t4\n2.png\tcat\t0\t0\t9\t9\n1.png\tcat\t5\t5\t6\t6\n";
    ImageSet objects = Reading.open(source("b.tsv", header + lines, true, true));
    assertThat(objects.summary().kind()).isEqualTo(Annotation.Kind.OBJECTS);
    assertThat(Reading.read(objects, 2))
        .extracting(EncodedImage::annotation)
        .containsExactly(
            Annotation.ofObjects(
                new int[] {1, 0}, List.of(new Box(2, 1, 4, 3.5), new Box(5, 5, 6, 6))),
            Annotation.ofBox(0, new Box(0, 0, 9, 9)));

    ImageSet sizes =
        Reading.open(
            source("c.csv", "path,label,left,top,width,height\n1.png,7,1,2,3,4", true, false));
    assertThat(sizes.summary().kind()).isEqualTo(Annotation.Kind.CLASS_AND_BOX);
    assertThat(Reading.read(sizes, 1).get(0).annotation())
        .isEqualTo(Annotation.ofBox(7, new Box(2, 1, 6, 4)));
  }

  @Test
  void aLineThatIsWrongIsAnImageThatCannotBeRead() throws IOException {
    ImageSet set =
        open("x.csv", "1.png,a,1,2,3,4\n2.png,a\n,b,1,2,3,4\n1.png,b,1,2,3,4\n5.png,b,1,2,x,4\n");
    List<EncodedImage> images = Reading.read(set, 2);
    String list = "file:" + directory + "/x.csv";

    assertThat(images)
        .extracting(image -> image.key().substring(("file:" + directory + "/").length()))
        .containsExactly("1.png", "2.png", "x.csv#line-3", "x.csv#line-4", "5.png");
    assertThat(images)
        .extracting(image -> image.decode(PictureDecoder.ofColor()).problem())
        .element(1)
        .isEqualTo("cannot be used: line 2 of " + list + ": expected 6 fields, got 2");
    assertThat(images)
        .extracting(image -> image.decode(PictureDecoder.ofColor()).problem())
        .endsWith(
            "cannot be used: line 3 of " + list + ": the path is missing",
            "cannot be used: line 4 of "
                + list
                + ": 1.png is named a second time; several = true reads several labels",
            "cannot be used: line 5 of " + list + ": expected a number of pixels, got 'x'");
    assertThat(set.summary().notes().get(0)).startsWith("4 lines cannot be used: 'line 2 of ");
  }

  @Test
  void aListWithoutAnyLineThatCanBeUsedSaysWhatIsWrongWithTheFirst() {
    String list = "file:" + directory + "/x.csv";

    assertThatThrownBy(
            () ->
                open(
                    "x.csv",
                    "1.png,a,3,2,1,4\n2.png,a,NaN,2,3,4\n3.png,a,0,0,Infinity,4\n4.png,a\n"))
        .isInstanceOf(InputException.class)
        .hasMessageStartingWith(
            """
            2 problems with the images:
            - lists: no image has a label
            - lists: 4 lines cannot be used: 'line 1 of %1$s: \
            """,
            list)
        .hasMessageContaining("', 'line 2 of " + list + ": ")
        .hasMessageContaining("', 'line 3 of " + list + ": ")
        .hasMessageEndingWith(" and 1 more");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      value = {
        "1.png,a\\n\"2.png,b~ line 2 of %s: a quoted field is not closed",
        "\"1.png\"x,a~ line 1 of %s: expected a separator or the line's end behind a quoted field,"
            + " got 'x'",
        "1,2,3~ line 1 of %s: lines have 3 fields: expected a path, a label and four edges of a"
            + " box, of which label and edges may be left out; set columns = […], or header = true",
      })
  void whatCannotBeReadIsNamedByItsLine(String lines, String problem) {
    assertThatThrownBy(() -> open("x.csv", lines.replace("\\n", "\n")))
        .isInstanceOf(InputException.class)
        .hasMessage("lists: " + problem.formatted("file:" + directory + "/x.csv"));
  }

  @Test
  void refusesColumnsThatDoNotFit() {
    assertThatThrownBy(() -> ListColumns.of(List.of("name", "label")))
        .hasMessage("columns must name a path, got name, label");
    assertThatThrownBy(() -> ListColumns.of(List.of("path", "label", "left", "top", "right")))
        .hasMessage(
            "boxes need the columns label, left, top and right, bottom or width, height; got path,"
                + " label, left, top, right");
  }
}
