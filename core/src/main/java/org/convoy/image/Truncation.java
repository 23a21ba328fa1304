package org.convoy.image;

/** What becomes of a picture file whose end is missing. */
public enum Truncation {
  /** There is no picture. */
  REFUSE,
  /** What is there is shown, with a note; the rest is gray or of the background's color. */
  ACCEPT
}
