package org.convoy.optim;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.convoy.backend.Workspace;
import org.convoy.nn.ParameterLayout;

/**
 * The numbers of an optimizer: how many steps it has done, and named vectors as long as the
 * parameters. To save it, write {@link #stepCount} and every vector by its name; to restore it,
 * give them to the constructor.
 */
public final class OptimizerState {
  private final Map<String, float[]> vectors;
  private final Workspace buffers = new Workspace();
  private final Workspace workspace = new Workspace();
  private long stepCount;

  /**
   * @param stepCount steps done so far, at least 0
   * @param vectors by name, in the order in which they are to be saved; used as they are, not
   *     copied
   */
  public OptimizerState(long stepCount, Map<String, float[]> vectors) {
    if (stepCount < 0) {
      throw new IllegalArgumentException(
          "an optimizer's step count must be at least 0, got " + stepCount);
    }
    this.stepCount = stepCount;
    this.vectors = new LinkedHashMap<>(vectors);
  }

  /** No step done, every vector zero. */
  public static OptimizerState zeros(ParameterLayout layout, String... names) {
    Map<String, float[]> vectors = new LinkedHashMap<>();
    for (String name : names) {
      vectors.put(name, new float[layout.parameterLength()]);
    }
    return new OptimizerState(0, vectors);
  }

  /** Steps done so far. */
  public long stepCount() {
    return stepCount;
  }

  /** Counts one more step; for optimizers, once in every step. */
  public void countStep() {
    stepCount++;
  }

  /** Names of the vectors, in the order in which they are saved. */
  public Set<String> names() {
    return Collections.unmodifiableSet(vectors.keySet());
  }

  /**
   * A vector itself, not a copy.
   *
   * @throws IllegalArgumentException if there is none of that name
   */
  public float[] vector(String name) {
    float[] vector = vectors.get(name);
    if (vector == null) {
      throw new IllegalArgumentException(
          "the optimizer's state has no vector '"
              + name
              + "', only "
              + vectors.keySet()
              + "; it was made by another optimizer: use the saved run's optimizer or begin with a"
              + " new state");
    }
    return vector;
  }

  /** Memory for a step's intermediate results, reused by the next; nothing in it is to be saved. */
  public Workspace buffers() {
    return buffers;
  }

  /** Memory for the backend where a step uses one, apart from {@link #buffers}. */
  public Workspace workspace() {
    return workspace;
  }

  /** A copy with numbers of its own. */
  public OptimizerState copy() {
    Map<String, float[]> copies = new LinkedHashMap<>();
    vectors.forEach((name, vector) -> copies.put(name, vector.clone()));
    return new OptimizerState(stepCount, copies);
  }

  /**
   * For optimizers, at the beginning of a step: all vectors are as long as the layout says.
   *
   * @throws IllegalArgumentException naming the one that is not
   */
  public void requireFit(float[] parameters, float[] gradient, ParameterLayout layout) {
    requireLength("parameters", parameters, layout.length());
    requireLength("gradient", gradient, layout.length());
    vectors.forEach(
        (name, vector) ->
            requireLength("optimizer state " + name, vector, layout.parameterLength()));
  }

  private static void requireLength(String what, float[] vector, int length) {
    if (vector.length != length) {
      throw new IllegalArgumentException(
          what
              + ": expected "
              + length
              + " numbers, as many as the network has parameters, got "
              + vector.length);
    }
  }
}
