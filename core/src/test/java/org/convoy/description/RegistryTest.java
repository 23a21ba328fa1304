package org.convoy.description;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RegistryTest {
  private interface Boat {}

  private record Sailboat(@Default("1") int masts, @Default("false") boolean keel)
      implements Boat {}

  private record Raft() implements Boat {}

  private static Registry<Boat> boats() {
    return new Registry<>(Boat.class, "boat")
        .add("sailboat", Sailboat.class)
        .preset("ketch", new Sailboat(2, true));
  }

  private static Boat read(Object described) {
    return new RecordCodec(List.of(boats())).read(boats(), described, "boat");
  }

  @Test
  void presetsAreNamesLikeOthers() {
    assertThat(boats().names()).containsExactly("sailboat", "ketch");
    assertThat(read("ketch")).isEqualTo(new Sailboat(2, true));
    assertThat(read(Map.of("type", "ketch"))).isEqualTo(new Sailboat(2, true));
    assertThat(read("sailboat")).isEqualTo(new Sailboat(1, false));
  }

  @Test
  void whatIsGivenOverridesThePreset() {
    assertThat(read(Map.of("type", "ketch", "masts", 3))).isEqualTo(new Sailboat(3, true));
  }

  @Test
  void presetsAreDescribedByTheNameOfTheirRecord() {
    assertThat(new RecordCodec(List.of(boats())).describe(boats(), new Sailboat(2, true)))
        .isEqualTo(Map.of("type", "sailboat", "masts", 2, "keel", true));
  }

  @Test
  void mistakesInAPresetAreRefusedAsInARecord() {
    assertThatThrownBy(() -> read("ketsch"))
        .isInstanceOf(DescriptionException.class)
        .hasMessage("boat: unknown boat 'ketsch'; did you mean 'ketch'? (known: sailboat, ketch)");
    assertThatThrownBy(() -> read(Map.of("type", "ketch", "mast", 3)))
        .isInstanceOf(DescriptionException.class)
        .hasMessage("boat: unknown key 'mast'; did you mean 'masts'? (known: masts, keel)");
    assertThatThrownBy(() -> read(Map.of("type", "ketch", "masts", "two")))
        .isInstanceOf(DescriptionException.class)
        .hasMessage("boat.masts: expected a whole number, got the text \"two\"");
  }

  @Test
  void aNameIsGivenOnceAndToARegisteredRecord() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> boats().preset("sailboat", new Sailboat(2, true)))
        .withMessage("boat 'sailboat' (" + Sailboat.class.getName() + ") is registered already");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> boats().add("ketch", Raft.class))
        .withMessage("boat 'ketch' (" + Raft.class.getName() + ") is registered already");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> boats().preset("raft", new Raft()))
        .withMessage(Raft.class.getName() + " is not registered as a boat; add it there");
  }
}
