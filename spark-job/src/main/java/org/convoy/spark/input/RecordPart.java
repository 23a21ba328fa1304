package org.convoy.spark.input;

import java.io.Serializable;

/** Consecutive records of a file in which each is an image. */
final class RecordPart implements Serializable, FilePart<RecordPart> {
  private static final long serialVersionUID = 1L;

  private final String file;
  private final int first;
  private final int count;

  /** All records of a file. */
  RecordPart(String file, int count) {
    this(file, 0, count);
  }

  private RecordPart(String file, int first, int count) {
    this.file = file;
    this.first = first;
    this.count = count;
  }

  String file() {
    return file;
  }

  /** Place of the first record in the file, from 0. */
  int first() {
    return first;
  }

  @Override
  public int size() {
    return count;
  }

  @Override
  public RecordPart range(int from, int to) {
    return new RecordPart(file, first + from, to - from);
  }
}
