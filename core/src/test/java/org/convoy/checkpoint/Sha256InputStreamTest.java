package org.convoy.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class Sha256InputStreamTest {
  private static Sha256InputStream abc() {
    return new Sha256InputStream(
        new ByteArrayInputStream("abc".getBytes(StandardCharsets.US_ASCII)));
  }

  /** FIPS 180-4's example. */
  private static final String ABC =
      "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";

  @Test
  void allBytesCountHoweverTheyArePassed() throws IOException {
    assertThat(abc().hexToEnd()).isEqualTo(ABC);
    Sha256InputStream byOne = abc();
    assertThat(byOne.read()).isEqualTo('a');
    assertThat(byOne.hexToEnd()).isEqualTo(ABC);
    Sha256InputStream skipped = abc();
    skipped.skipNBytes(2);
    assertThat(skipped.read()).isEqualTo('c');
    assertThat(skipped.skip(5)).isZero();
    assertThat(skipped.hexToEnd()).isEqualTo(ABC);
  }
}
