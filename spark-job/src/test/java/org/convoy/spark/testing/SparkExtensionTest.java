package org.convoy.spark.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;

@SparkTest
class SparkExtensionTest {
  @Test
  void contextRunsJobs(JavaSparkContext context) {
    assertThat(context.master()).isEqualTo("local[2,4]");
    assertThat(context.parallelize(List.of(1, 2, 3)).count()).isEqualTo(3);
  }

  @Test
  void sessionUsesTheSameContext(SparkSession session, JavaSparkContext context) {
    assertThat(session.sparkContext()).isSameAs(context.sc());
    assertThat(session.range(10).count()).isEqualTo(10);
  }

  @Test
  void contextIsNotStoppedUnderATest(JavaSparkContext context) {
    assertThatThrownBy(() -> SparkLayouts.local(1))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageStartingWith("cannot open local[1] while the shared context is in use by")
        .hasMessageContaining("contextIsNotStoppedUnderATest");
    assertThat(context.sc().isStopped()).isFalse();
  }

  @Test
  void contextComesBackAfterALayout() {
    try (SparkLayout layout = SparkLayouts.local(1)) {
      assertThat(layout.context().parallelize(List.of(1)).count()).isEqualTo(1);
    }
    try (SparkLayouts.Lease lease = SparkLayouts.leaseShared("this test")) {
      assertThat(lease.layout().context().parallelize(List.of(1, 2)).count()).isEqualTo(2);
    }
  }
}
