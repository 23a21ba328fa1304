package org.convoy.spark.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.convoy.description.Json;
import org.junit.jupiter.api.Test;

class JsonTextTest {
  @Test
  void nestedObjectsAreIndentedAndShortOnesStayOnALine() {
    String json =
        """
        {
          "name": "a",
          "sizes": [1,2,3],
          "versions": {"java":"17","os":"linux"},
          "data": {
            "train": {"images":5},
            "test": null
          }
        }
        """;

    assertThat(JsonText.pretty(Json.parse(json))).isEqualTo(json);
  }

  @Test
  void longListsHaveALineForEachEntry() {
    String word = "w".repeat(60);

    assertThat(JsonText.pretty(Json.parse("[\"" + word + "\",\"" + word + "\"]")))
        .isEqualTo("[\n  \"" + word + "\",\n  \"" + word + "\"\n]\n");
  }

  @Test
  void emptyObjectsAreShort() {
    assertThat(JsonText.pretty(Map.of())).isEqualTo("{}\n");
  }

  @Test
  void numbersThatJsonCannotHoldAreNull() {
    assertThat(JsonText.finite(0.5)).isEqualTo(0.5);
    assertThat(JsonText.finite(Double.NaN)).isNull();
    assertThat(JsonText.finite(Double.POSITIVE_INFINITY)).isNull();
  }
}
