package org.convoy.spark.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.apache.spark.SparkException;
import org.convoy.spark.cli.Failures.Explanation;
import org.convoy.spark.input.InputException;
import org.convoy.spark.storage.StorageException;
import org.convoy.tensor.ShapeException;
import org.convoy.train.TrainingDivergedException;
import org.junit.jupiter.api.Test;

class FailuresTest {
  @Test
  void badInputIsRefusedWhereverItIsNoticed() {
    assertThat(Failures.explain(new InputException("no images")))
        .isEqualTo(new Explanation(2, "no images", false));
    assertThat(Failures.explain(new SparkException("stage failed", new InputException("torn"))))
        .isEqualTo(new Explanation(2, "torn", false));
    assertThat(Failures.explain(new UncheckedIOException(new StorageException("not writable"))))
        .isEqualTo(new Explanation(2, "not writable", false));
    assertThat(Failures.explain(new ShapeException("conv1: too small")))
        .isEqualTo(new Explanation(2, "conv1: too small", false));
  }

  @Test
  void failureOnTheWayHasStatusOneAndOneLine() {
    assertThat(Failures.explain(new TrainingDivergedException("training diverged")))
        .isEqualTo(new Explanation(1, "training diverged", false));
    assertThat(
            Failures.explain(
                new SparkException(
                    "Job aborted\nDriver stacktrace:", new IllegalStateException("lost\nmore"))))
        .isEqualTo(new Explanation(1, "a Spark job failed: lost", false));
    assertThat(Failures.explain(new IOException("disk full")))
        .isEqualTo(new Explanation(1, "disk full", false));
    assertThat(Failures.explain(new FileNotFoundException()))
        .isEqualTo(new Explanation(1, "FileNotFoundException", false));
  }

  @Test
  void lackOfMemorySaysWhatHelps() {
    assertThat(Failures.explain(new SparkException("x", new OutOfMemoryError("Java heap space"))))
        .extracting(Explanation::message)
        .asString()
        .startsWith("out of memory (Java heap space): give spark-submit more")
        .contains("smaller batchSize");
  }

  @Test
  void anythingElseIsUnexpected() {
    assertThat(Failures.explain(new IllegalStateException("hm")))
        .isEqualTo(
            new Explanation(
                1, "this should not happen: java.lang.IllegalStateException: hm", true));
  }

  @Test
  void causeThatIsItsOwnCauseIsNoTrap() {
    IllegalStateException first = new IllegalStateException("first");
    first.initCause(new IllegalStateException("second", first));

    assertThat(Failures.explain(first).status()).isEqualTo(1);
  }
}
