package org.convoy.spark.progress;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class ListingProgressTest {
  private final List<String> lines = new ArrayList<>();
  private long millis;
  private final ListingProgress progress =
      new ListingProgress(
          "listing data.train",
          new LogView(lines::add),
          () -> TimeUnit.MILLISECONDS.toNanos(millis));

  @Test
  void longListingsTellWhatIsFoundSoFarAndWhatTheyTook() {
    progress.found(20, 1, "folders");
    millis = 12_000;
    progress.found(40_321, 17, "folders");
    progress.found(40_400, 18, "folders");
    millis = 83_000;
    progress.found(1_281_167, 1_000, "folders");
    progress.end(1_281_167);

    assertThat(lines)
        .containsExactly(
            "listing data.train: 40,321 images in 17 folders so far, 12.0 s",
            "listing data.train: 1,281,167 images in 1,000 folders so far, 1:23",
            "listing data.train: 1,281,167 images in 1,000 folders, 1:23");
  }

  @Test
  void shortListingsSayNothing() {
    millis = 4_900;
    progress.found(20, 1, "folders");
    progress.end(20);

    assertThat(lines).isEmpty();
  }

  @Test
  void sourcesThatDoNotTellTheirPlacesStillTellTheTime() {
    millis = 6_000;
    progress.end(60_000);

    assertThat(lines).containsExactly("listing data.train: 60,000 images, 6.0 s");
  }
}
