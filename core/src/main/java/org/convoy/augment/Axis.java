package org.convoy.augment;

/** The direction in which pixels travel. */
public enum Axis {
  /** To the left or right. */
  HORIZONTAL,
  /** Up or down. */
  VERTICAL
}
