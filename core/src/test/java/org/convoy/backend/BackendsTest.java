package org.convoy.backend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.System.Logger.Level;
import org.convoy.backend.Backends.Candidate;
import org.convoy.backend.Backends.Choice;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("backend")
class BackendsTest {
  private static final Candidate MISSING = new Candidate(null, "the module is missing; add it");

  private final Backend vectors = Backends.scalar();
  private final Candidate found = new Candidate(vectors, "simd (512 bits)");

  @Test
  void vectorsAreTakenWhereTheyAreFound() {
    Choice choice = Backends.choose("auto", found);

    assertThat(choice.backend()).isSameAs(vectors);
    assertThat(choice.level()).isEqualTo(Level.INFO);
    assertThat(choice.message()).isEqualTo("backend: simd (512 bits)");
  }

  @Test
  void withoutVectorsAWarningTellsTheCure() {
    Choice choice = Backends.choose("auto", MISSING);

    assertThat(choice.backend().name()).isEqualTo("scalar");
    assertThat(choice.level()).isEqualTo(Level.WARNING);
    assertThat(choice.message())
        .isEqualTo("backend: scalar, several times slower: the module is missing; add it");
  }

  @Test
  void thePropertyOverridesTheChoice() {
    Choice choice = Backends.choose("scalar", found);

    assertThat(choice.backend().name()).isEqualTo("scalar");
    assertThat(choice.level()).isEqualTo(Level.INFO);
    assertThat(choice.message()).isEqualTo("backend: scalar, as convoy.backend=scalar asks");
    assertThat(Backends.choose("simd", found).backend()).isSameAs(vectors);
  }

  @Test
  void vectorsThatAreAskedForButMissingAreRefused() {
    assertThatThrownBy(() -> Backends.choose("simd", MISSING))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage(
            "convoy.backend=simd asks for the Vector API, but the module is missing; add it");
  }

  @Test
  void anotherValueOfThePropertyIsRefused() {
    assertThatThrownBy(() -> Backends.choose("gpu", found))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("system property convoy.backend must be scalar, simd or auto, got 'gpu'");
  }

  @Test
  void theChoiceIsMadeOnce() {
    assertThat(Backends.best()).isSameAs(Backends.best());
  }

  @Test
  void vectorsAreThereExactlyIfTheModuleIs() {
    boolean module = ModuleLayer.boot().findModule("jdk.incubator.vector").isPresent();

    assertThat(Backends.simd().isPresent()).isEqualTo(module);
  }
}
