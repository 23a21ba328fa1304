package org.convoy.data.cifar;

import java.util.List;

/** The two data sets, which differ in the labels before the pixels. */
public enum CifarFormat {
  /** One label in 0..9. */
  CIFAR10,
  /** A coarse label in 0..19, then a fine one in 0..99, which is the class. */
  CIFAR100;

  private static final List<LabelByte> LABELS_10 = List.of(new LabelByte("label", 10));
  private static final List<LabelByte> LABELS_100 =
      List.of(new LabelByte("coarse label", 20), new LabelByte("fine label", 100));

  /**
   * One of the bytes before the pixels.
   *
   * @param name what messages call it
   * @param classes how many values it may have, from 0
   */
  record LabelByte(String name, int classes) {}

  List<LabelByte> labels() {
    return switch (this) {
      case CIFAR10 -> LABELS_10;
      case CIFAR100 -> LABELS_100;
    };
  }

  /** Number of classes. */
  public int classes() {
    return labels().get(labels().size() - 1).classes();
  }

  /** Bytes of a record: labels and pixels. */
  public int recordBytes() {
    return labels().size() + CifarReader.IMAGE.elementCount();
  }
}
