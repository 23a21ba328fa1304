package org.convoy.spark.input;

import org.convoy.data.Annotation;

/** What files packed images go to. */
public enum PackFormat {
  /** With a column for all that is known; read by any reader of Parquet. */
  PARQUET("parquet", "parquet"),
  /** Picture files by keys that tell their classes; read by any program of Hadoop. */
  SEQUENCE_FILE("sequence-file", "seq");

  private final String written;
  private final String ending;

  PackFormat(String written, String ending) {
    this.written = written;
    this.ending = ending;
  }

  /** As the command line and manifests write it. */
  @Override
  public String toString() {
    return written;
  }

  /**
   * Checks that it can hold such images.
   *
   * @throws InputException if it cannot
   */
  public void check(PackForm form, Annotation.Kind kind) throws InputException {
    if (this == SEQUENCE_FILE && form == PackForm.PIXELS) {
      throw new InputException(
          "sequence files hold picture files; pack png or original, or pixels in Parquet");
    }
    if (this == SEQUENCE_FILE && (kind.hasManyLabels() || kind.hasBoxes())) {
      throw new InputException(
          String.format(
              "sequence files hold images of one class or none, and these have %s; pack them in"
                  + " Parquet",
              kind));
    }
  }

  /** How its files' names end, behind the dot. */
  String ending() {
    return ending;
  }
}
