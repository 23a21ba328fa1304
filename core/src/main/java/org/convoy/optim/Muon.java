package org.convoy.optim;

import java.util.LinkedHashSet;
import java.util.Set;
import org.convoy.backend.Backends;
import org.convoy.description.Default;
import org.convoy.nn.ParameterLayout;

/**
 * Muon (Keller Jordan et al. 2024; PyTorch's {@code Muon}) for filter banks: weights with three or
 * more axes that belong to no normalization, seen as a matrix of outChannels x the rest. With
 * gradient G and weight W,
 *
 * <pre>
 *   V = momentum * V + G
 *   D = G + momentum * V                       with nesterov, else V
 *   W = (1 - learningRate * weightDecay) * W
 *   W = W - learningRate * adjustment * O      where O is D with its singular values near 1
 * </pre>
 *
 * All other parameters (fully connected layers, biases, normalizations) go to another optimizer.
 *
 * @param momentum 0 to below 1
 * @param nesterov whether the step looks ahead; needs momentum
 * @param weightDecay of the filter banks, at least 0; decoupled from the gradient
 * @param nsSteps rounds of the Newton-Schulz iteration, at least 1; airbench94_muon has 3
 * @param adjustment of the learning rate to a filter bank's shape
 * @param normalizeWeight before each step scales a filter bank to the norm sqrt(outChannels), as
 *     airbench94_muon does
 * @param rest the optimizer of all other parameters; no Muon
 * @param restLearningRateFactor its learning rate as part of Muon's, at least 0
 */
public record Muon(
    @Default("0.95") double momentum,
    @Default("true") boolean nesterov,
    @Default("0.1") double weightDecay,
    @Default("5") int nsSteps,
    @Default("\"original\"") Adjustment adjustment,
    @Default("false") boolean normalizeWeight,
    @Default("{\"type\": \"sgd\", \"momentum\": 0.9, \"nesterov\": true}") Optimizer rest,
    @Default("1") double restLearningRateFactor)
    implements Optimizer {
  private static final String VELOCITY = "momentum";
  private static final int DIRECTION = 4;

  /** How the learning rate depends on a filter bank's shape, as a matrix of rows x columns. */
  public enum Adjustment {
    /** sqrt(max(1, rows / columns)). */
    ORIGINAL {
      @Override
      double factor(int rows, int columns) {
        return StrictMath.sqrt(Math.max(1, (double) rows / columns));
      }
    },
    /** 0.2 sqrt(max(rows, columns)): steps as long as AdamW's (Liu et al. 2025). */
    MATCH_RMS_ADAMW {
      @Override
      double factor(int rows, int columns) {
        return 0.2 * StrictMath.sqrt(Math.max(rows, columns));
      }
    },
    /** Not at all. */
    NONE {
      @Override
      double factor(int rows, int columns) {
        return 1;
      }
    };

    abstract double factor(int rows, int columns);
  }

  public Muon {
    Range.below("muon: momentum", momentum, 0, 1);
    Range.atLeastZero("muon: weightDecay", weightDecay);
    Range.atLeastZero("muon: restLearningRateFactor", restLearningRateFactor);
    if (nesterov && momentum == 0) {
      throw new IllegalArgumentException("muon: nesterov needs a momentum above 0, got 0.0");
    }
    Range.atLeastOne("muon: nsSteps", nsSteps);
    if (rest instanceof Muon) {
      throw new IllegalArgumentException(
          "muon: rest must be another kind of optimizer, for what Muon leaves alone");
    }
  }

  /** PyTorch's defaults, with Nesterov's SGD for the rest. */
  public Muon() {
    this(0.95, true, 0.1, 5, Adjustment.ORIGINAL, false, new Sgd(0.9, 0, 0, true), 1);
  }

  /** The two optimizers move different slices, so vectors of one name are shared. */
  @Override
  public OptimizerState newState(ParameterLayout layout) {
    OptimizerState others = rest.newState(layout);
    if (others.names().contains(VELOCITY)) {
      return others;
    }
    Set<String> names = new LinkedHashSet<>(Set.of(VELOCITY));
    names.addAll(others.names());
    OptimizerState state = OptimizerState.zeros(layout, names.toArray(String[]::new));
    for (String name : others.names()) {
      System.arraycopy(others.vector(name), 0, state.vector(name), 0, state.vector(name).length);
    }
    return state;
  }

  @Override
  public void step(
      float[] parameters,
      float[] gradient,
      double learningRate,
      OptimizerState state,
      ParameterRates rates) {
    state.requireFit(parameters, gradient, rates.layout());
    NewtonSchulz newtonSchulz =
        new NewtonSchulz(Backends.best(), state.buffers(), state.workspace());
    for (ParameterRate slice : rates.learning()) {
      if (isFilterBank(slice)) {
        move(parameters, gradient, slice, slice.learningRate(learningRate), state, newtonSchulz);
      }
    }
    ParameterRates others = rates.only(slice -> !isFilterBank(slice));
    rest.step(parameters, gradient, learningRate * restLearningRateFactor, state, others);
  }

  private static boolean isFilterBank(ParameterRate slice) {
    return slice.slice().shape().rank() >= 3 && !slice.isBiasOrNormalization();
  }

  private void move(
      float[] parameters,
      float[] gradient,
      ParameterRate slice,
      double rate,
      OptimizerState state,
      NewtonSchulz newtonSchulz) {
    int begin = slice.begin();
    int length = slice.end() - begin;
    int rows = slice.slice().shape().size(0);
    int columns = length / rows;
    float[] direction = state.buffers().floats(DIRECTION, length);
    accumulate(gradient, state.vector(VELOCITY), begin, length, direction);
    newtonSchulz.orthogonalize(direction, rows, columns, nsSteps);
    if (normalizeWeight) {
      normalize(parameters, slice, rows);
    }
    Decay.shrink(parameters, slice, rate, weightDecay);
    float step = (float) (-rate * adjustment.factor(rows, columns));
    for (int i = 0; i < length; i++) {
      parameters[begin + i] = Math.fma(step, direction[i], parameters[begin + i]);
    }
  }

  private void accumulate(
      float[] gradient, float[] velocity, int begin, int length, float[] direction) {
    float kept = (float) momentum;
    for (int i = 0; i < length; i++) {
      float slope = gradient[begin + i];
      float moving = Math.fma(kept, velocity[begin + i], slope);
      velocity[begin + i] = moving;
      direction[i] = nesterov ? Math.fma(kept, moving, slope) : moving;
    }
  }

  private static void normalize(float[] parameters, ParameterRate slice, int rows) {
    double norm = GradientClipping.norm(parameters, slice.begin(), slice.end());
    if (norm == 0) {
      return;
    }
    float factor = (float) (StrictMath.sqrt(rows) / norm);
    for (int i = slice.begin(); i < slice.end(); i++) {
      parameters[i] *= factor;
    }
  }
}
