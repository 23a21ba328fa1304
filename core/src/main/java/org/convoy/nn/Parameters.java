package org.convoy.nn;

import org.convoy.tensor.Tensor;

/** The numbers of a network: one flat vector and the layout that names its slices. */
public final class Parameters {
  private final ParameterLayout layout;
  private final float[] values;

  /**
   * @param values used as they are, not copied
   * @throws IllegalArgumentException if the length is not that of the layout
   */
  public Parameters(ParameterLayout layout, float[] values) {
    if (values.length != layout.length()) {
      throw new IllegalArgumentException(
          "expected " + layout.length() + " parameters, got " + values.length);
    }
    this.layout = layout;
    this.values = values;
  }

  public ParameterLayout layout() {
    return layout;
  }

  /** The vector itself. */
  public float[] values() {
    return values;
  }

  /** A window on one parameter. */
  public Tensor get(String name) {
    ParameterLayout.Slice slice = layout.slice(name);
    return Tensor.view(values, slice.offset(), slice.shape());
  }

  /** A copy with numbers of its own. */
  public Parameters copy() {
    return new Parameters(layout, values.clone());
  }
}
