package org.convoy.description;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.convoy.description.DescriptionException.Problem;
import org.junit.jupiter.api.Test;

class RecordCodecTest {
  private interface Animal {}

  private record Cat(@Default("9") int lives) implements Animal {
    Cat {
      if (lives < 1) {
        throw new IllegalArgumentException("a cat needs a life, got " + lives);
      }
    }
  }

  private record Dog(String name, Optional<Double> weight) implements Animal {}

  private enum Weather {
    SUNNY,
    LIGHT_RAIN
  }

  private record Walk(
      Animal leader,
      @Default("[]") List<Animal> followers,
      @Default("\"sunny\"") Weather weather,
      Optional<Cat> stranger,
      @Default("1.5") double hours) {
    Walk {
      if (hours < 0) {
        throw new DescriptionException(
            List.of(new Problem("hours", "must be at least 0, got " + hours)));
      }
    }
  }

  private static final Registry<Animal> ANIMALS =
      new Registry<>(Animal.class, "animal").add("cat", Cat.class).add("dog", Dog.class);

  private final RecordCodec codec = new RecordCodec(List.of(ANIMALS));

  @Test
  void whatIsDescribedIsReadBack() {
    Walk walk =
        new Walk(
            new Dog("Rex", Optional.of(12.5)),
            List.of(new Cat(3), new Dog("Flo", Optional.empty())),
            Weather.LIGHT_RAIN,
            Optional.of(new Cat(1)),
            0.25);

    Map<String, Object> described = codec.describeRecord(walk);

    assertThat(Json.write(described))
        .isEqualTo(
            "{\"leader\":{\"type\":\"dog\",\"name\":\"Rex\",\"weight\":12.5},"
                + "\"followers\":[{\"type\":\"cat\",\"lives\":3},{\"type\":\"dog\",\"name\":\"Flo\"}],"
                + "\"weather\":\"light-rain\",\"stranger\":{\"lives\":1},"
                + "\"hours\":0.25}");
    assertThat(codec.readRecord(Walk.class, described, "walk")).isEqualTo(walk);
  }

  @Test
  void whatIsLeftOutTakesItsDefaultOrIsEmpty() {
    assertThat(read("{\"leader\": \"cat\"}"))
        .isEqualTo(new Walk(new Cat(9), List.of(), Weather.SUNNY, Optional.empty(), 1.5));
  }

  @Test
  void nullLeavesAnOptionalEmpty() {
    assertThat(read("{\"leader\": \"cat\", \"stranger\": null}").stranger()).isEmpty();
  }

  @Test
  void allProblemsAreReportedAtOnceEachWithItsPlace() {
    assertThatThrownBy(
            () ->
                read(
                    """
                    {"leader": {"type": "dgo"}, "wether": "sunny", "weather": "rain",
                     "followers": ["cat", {"type": "cat", "lives": 0}, {"type": "cat", "lives": "x"}],
                     "hours": -1}
                    """))
        .isInstanceOf(DescriptionException.class)
        .hasMessage(
            """
            walk: unknown key 'wether'; did you mean 'weather'? \
            (known: leader, followers, weather, stranger, hours)
            walk.leader: unknown animal 'dgo'; did you mean 'dog'? (known: cat, dog)
            walk.followers[1]: a cat needs a life, got 0
            walk.followers[2].lives: expected a whole number, got the text "x"
            walk.weather: expected one of sunny, light-rain, got the text "rain\"""");
  }

  @Test
  void whatTheRecordRefusesIsReportedBesideValuesThatCannotBeRead() {
    assertThatThrownBy(() -> read("{\"leader\": \"cat\", \"weather\": 5, \"hours\": -1}"))
        .isInstanceOfSatisfying(
            DescriptionException.class,
            e ->
                assertThat(e.problems())
                    .containsExactly(
                        new Problem("walk.weather", "expected one of sunny, light-rain, got 5"),
                        new Problem("walk.hours", "must be at least 0, got -1.0")));
  }

  @Test
  void unknownKeyIsASubjectOfItsOwn() {
    assertThatThrownBy(() -> read("{\"leader\": {\"type\": \"cat\", \"live\": 3}}"))
        .isInstanceOfSatisfying(
            DescriptionException.class,
            e ->
                assertThat(e.problems())
                    .extracting(Problem::subject)
                    .containsExactly("walk.leader.live"));
  }

  @Test
  void missingNameSaysWhatWasExpected() {
    assertThatThrownBy(() -> read("{\"leader\": {\"type\": \"dog\"}}"))
        .hasMessage("walk.leader: 'name' is missing; expected a text");
  }

  @Test
  void typeIsNeededWhereThereAreSeveral() {
    assertThatThrownBy(() -> read("{\"leader\": {\"lives\": 3}}"))
        .hasMessage("walk.leader: expected a 'type' that is one of cat, dog, got null");
  }

  private record Yard(
      @Default("{\"type\": \"dog\", \"name\": \"Rex\", \"weight\": 30}") Animal guard,
      @Default("\"cat\"") Animal guest) {}

  @Test
  void withoutATypeTheDefaultIsChanged() {
    Map<String, Object> fields =
        Json.parseObject("{\"guard\": {\"weight\": 25}, \"guest\": {\"lives\": 2}}");

    assertThat(codec.readRecord(Yard.class, fields, "yard"))
        .isEqualTo(new Yard(new Dog("Rex", Optional.of(25.0)), new Cat(2)));
    assertThatThrownBy(
            () ->
                codec.readRecord(
                    Yard.class, Json.parseObject("{\"guest\": {\"name\": \"x\"}}"), "yard"))
        .hasMessage("yard.guest: unknown key 'name' (known: lives)");
  }

  private Walk read(String json) {
    return codec.readRecord(Walk.class, Json.parseObject(json), "walk");
  }
}
