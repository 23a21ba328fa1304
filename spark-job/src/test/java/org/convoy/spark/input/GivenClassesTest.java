package org.convoy.spark.input;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.convoy.description.RecordCodec;
import org.convoy.spark.storage.Storage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GivenClassesTest {
  private static final Storage STORAGE = new Storage(new Configuration());
  private static final RecordCodec CODEC = new RecordCodec(List.of(ImageSources.registry()));

  @TempDir private Path folder;

  private GivenClasses file(String content) throws IOException {
    return GivenClasses.parse(
        Files.writeString(folder.resolve("names.txt"), content).toUri().toString());
  }

  private void assertRefused(String content, String... words) throws IOException {
    GivenClasses given = file(content);
    assertThatExceptionOfType(InputException.class)
        .isThrownBy(() -> given.read(STORAGE))
        .satisfies(e -> assertThat(e.getMessage()).contains(words).contains("names.txt"));
  }

  @Test
  void aFileHasOneNameALine() throws IOException {
    assertThat(file("\ufeffzebra\r\n  sea horse \r\nant\n\n").read(STORAGE))
        .containsExactly("zebra", "sea horse", "ant");
    assertThat(file("été\nKäfer").read(STORAGE)).containsExactly("été", "Käfer");
    assertThat(GivenClasses.of(List.of("b", "a")).read(STORAGE)).containsExactly("b", "a");
    assertThat(GivenClasses.NONE.read(STORAGE)).isEmpty();
  }

  @Test
  void aLineThatIsWrongIsNamed() throws IOException {
    assertRefused("cat\ndog\ncat\n", "classes: line 3 of ", "names 'cat', as line 1 does");
    assertRefused("cat\n\n \ndog\n", "classes: line 2 of ", "is blank, and names follow");
    assertRefused("\n\n", "classes: there are no names in ");
    Files.write(
        folder.resolve("names.txt"), "cat\nK\u00e4fer\n".getBytes(StandardCharsets.ISO_8859_1));
    GivenClasses latin = GivenClasses.parse(folder.resolve("names.txt").toString());
    assertThatExceptionOfType(InputException.class)
        .isThrownBy(() -> latin.read(STORAGE))
        .withMessageMatching("classes: line [12] of .*names.txt is no UTF-8");
    GivenClasses nowhere = GivenClasses.parse(folder.resolve("nowhere").toString());
    assertThatExceptionOfType(InputException.class)
        .isThrownBy(() -> nowhere.read(STORAGE))
        .withMessageMatching("classes: there is no file .*nowhere");
  }

  @Test
  void otherThingsAreRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> GivenClasses.parse(5L))
        .withMessage(
            "expected a list of names, or the location of a text file with one name a line, got 5");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> GivenClasses.parse(List.of("a", "a")))
        .withMessage("classes must have different names, got 'a' twice");
  }

  @Test
  void everySourceThatTakesNamesTakesThemFromAFile() {
    String names = "hdfs:///names.txt";
    for (Map<String, Object> described :
        List.<Map<String, Object>>of(
            Map.of("type", "folder", "root", "r"),
            Map.of("type", "zip", "archives", List.of("r")),
            Map.of("type", "tar", "archives", List.of("r")),
            Map.of("type", "list", "lists", List.of("r")),
            Map.of("type", "parquet", "paths", List.of("r")),
            Map.of("type", "sequence-file", "paths", List.of("r")),
            Map.of("type", "idx", "images", "r", "labels", "r"),
            Map.of("type", "cifar10", "paths", List.of("r")),
            Map.of("type", "cifar100", "paths", List.of("r")))) {
      Map<String, Object> named = new LinkedHashMap<>(described);
      named.put("classes", names);

      ImageSource source = CODEC.read(ImageSources.registry(), named, "source");

      assertThat(source.locations()).as("%s", described).contains("r", names);
      assertThat(CODEC.describe(ImageSources.registry(), source)).containsEntry("classes", names);
    }
  }

  @Test
  void labelsAreCountedByLines() throws IOException {
    for (String picture : List.of("ant/1.png", "zebra/1.png", "zebra/2.png")) {
      Path file = folder.resolve("pictures").resolve(picture);
      Files.createDirectories(file.getParent());
      Files.write(file, new byte[] {1});
    }
    GivenClasses given = file("zebra\nyak\nant\n");
    String root = folder.resolve("pictures").toString();

    ImageSet set =
        new FolderSource(root, List.of(), FolderSource.Labels.FOLDERS, "label", given)
            .open(STORAGE);

    assertThat(set.summary().classes()).containsExactly("zebra", "yak", "ant");
    GivenClasses less = file("zebra\nyak\n");
    assertThatExceptionOfType(InputException.class)
        .isThrownBy(
            () ->
                new FolderSource(root, List.of(), FolderSource.Labels.FOLDERS, "label", less)
                    .open(STORAGE))
        .withMessageContaining(
            "there are images of class 'ant', but classes names only zebra, yak");
  }
}
