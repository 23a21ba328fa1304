package org.convoy.spark.input;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.List;
import java.util.stream.LongStream;
import org.convoy.data.Annotation;
import org.junit.jupiter.api.Test;

class BadImagesTest {
  private static UndecodableImage image(long id, boolean used) {
    return new UndecodableImage(id, "k" + id, Annotation.ofLabel(0), 1, "is bad", "", used);
  }

  @Test
  void aRefusalShowsTheFirstThatAreLeftOutAndSaysHowManyAreListed() {
    List<UndecodableImage> some =
        LongStream.of(9, 3, 7, 1, 8, 2).mapToObj(id -> image(id, /* used= */ id == 1)).toList();

    BadImagesException refusal =
        catchThrowableOfType(
            BadImagesException.class,
            () -> BadImages.requireFew(MaxBadImages.ofPart(0.01), 2000, 1000, () -> some));

    assertThat(refusal)
        .hasMessage(
            "1,000 of 2,000 images (50.0 %) cannot be used, data.maxBadImages allows 1.0 %:"
                + "\n- k2: is bad\n- k3: is bad\n- k7: is bad\n- k8: is bad\n- k9: is bad"
                + "\n- and 995 more; of 5 of them:\n       5  is bad");
    assertThat(refusal.listedIn("x"))
        .hasMessage(refusal.getMessage() + "\n5 of them are listed in x")
        .hasCause(refusal);
    assertThat(refusal.images()).isEqualTo(some);
  }

  @Test
  void whatIsAllowedIsNotAskedFor() {
    assertThatCode(
            () ->
                BadImages.requireFew(
                    MaxBadImages.ofCount(3),
                    9,
                    3,
                    () -> {
                      throw new IllegalStateException("asked for");
                    }))
        .doesNotThrowAnyException();
  }
}
