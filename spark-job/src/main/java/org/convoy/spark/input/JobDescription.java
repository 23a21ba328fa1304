package org.convoy.spark.input;

import org.apache.spark.api.java.JavaSparkContext;

/** What Spark's pages and logs call the jobs of a thread. */
final class JobDescription {
  private static final String GROUP = "spark.jobGroup.id";
  private static final String DESCRIPTION = "spark.job.description";

  private final JavaSparkContext context;
  private final String group;
  private final String description;

  private JobDescription(JavaSparkContext context) {
    this.context = context;
    this.group = context.getLocalProperty(GROUP);
    this.description = context.getLocalProperty(DESCRIPTION);
  }

  /**
   * Names the calling thread's jobs; a job group that it has already is kept.
   *
   * @return the names it had before
   */
  static JobDescription set(JavaSparkContext context, String description) {
    JobDescription before = new JobDescription(context);
    context.setLocalProperty(GROUP, before.group == null ? "convoy-data" : before.group);
    context.setLocalProperty(DESCRIPTION, description);
    return before;
  }

  /** Puts back what was there before. */
  void restore() {
    context.setLocalProperty(GROUP, group);
    context.setLocalProperty(DESCRIPTION, description);
  }
}
