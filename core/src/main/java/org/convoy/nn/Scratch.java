package org.convoy.nn;

/**
 * Memory that a layer's forward pass leaves for its backward pass, beside its input and output.
 *
 * @param floatsPerExample floats for each example of a batch
 * @param intsPerExample ints for each example of a batch
 * @param floats floats for the batch as a whole
 */
public record Scratch(int floatsPerExample, int intsPerExample, int floats) {
  /** Nothing is left. */
  public static final Scratch NONE = new Scratch(0, 0, 0);

  /** Some ints for each example, such as the winners of a max pooling. */
  public static Scratch ints(int perExample) {
    return new Scratch(0, perExample, 0);
  }

  /** Some floats for each example, such as the mask of a dropout. */
  public static Scratch floats(int perExample) {
    return new Scratch(perExample, 0, 0);
  }
}
