package org.convoy.optim;

import java.util.ArrayList;
import java.util.List;
import org.convoy.description.Default;
import org.convoy.nn.ParameterLayout;

/**
 * RMSprop (Tieleman and Hinton 2012) as PyTorch has it: with d = gradient + weightDecay * p,
 *
 * <pre>
 *   s = alpha * s + (1 - alpha) * d^2
 *   a = alpha * a + (1 - alpha) * d          if centered, else 0
 *   b = momentum * b + d / (sqrt(s - a^2) + eps)
 *   p = p - learningRate * b
 * </pre>
 *
 * @param alpha 0 to below 1
 * @param eps above 0
 * @param weightDecay at least 0; an L2 term in the gradient
 * @param momentum 0 (none) to below 1
 * @param centered divides by an estimate of the deviation (Graves 2013); where rounding makes the
 *     variance negative it counts as 0
 */
public record RmsProp(
    @Default("0.99") double alpha,
    @Default("1e-8") double eps,
    @Default("0") double weightDecay,
    @Default("0") double momentum,
    @Default("false") boolean centered)
    implements Optimizer {
  private static final String SQUARES = "square_avg";
  private static final String MEAN = "grad_avg";
  private static final String BUFFER = "momentum_buffer";

  public RmsProp {
    Range.below("rmsprop: alpha", alpha, 0, 1);
    Range.positive("rmsprop: eps", eps);
    Range.atLeastZero("rmsprop: weightDecay", weightDecay);
    Range.below("rmsprop: momentum", momentum, 0, 1);
  }

  /** PyTorch's defaults. */
  public RmsProp() {
    this(0.99, 1e-8, 0, 0, false);
  }

  @Override
  public OptimizerState newState(ParameterLayout layout) {
    List<String> names = new ArrayList<>(List.of(SQUARES));
    if (centered) {
      names.add(MEAN);
    }
    if (momentum > 0) {
      names.add(BUFFER);
    }
    return OptimizerState.zeros(layout, names.toArray(String[]::new));
  }

  @Override
  public void step(
      float[] parameters,
      float[] gradient,
      double learningRate,
      OptimizerState state,
      ParameterRates rates) {
    state.requireFit(parameters, gradient, rates.layout());
    for (ParameterRate slice : rates.learning()) {
      move(parameters, gradient, slice, (float) slice.learningRate(learningRate), state);
    }
    state.countStep();
  }

  private void move(
      float[] parameters, float[] gradient, ParameterRate slice, float rate, OptimizerState state) {
    float[] squares = state.vector(SQUARES);
    float[] mean = centered ? state.vector(MEAN) : null;
    float[] buffer = momentum > 0 ? state.vector(BUFFER) : null;
    float decay = (float) slice.weightDecay(weightDecay);
    float kept = (float) alpha;
    float added = (float) (1 - alpha);
    float small = (float) eps;
    float keptBuffer = (float) momentum;
    for (int i = slice.begin(); i < slice.end(); i++) {
      float direction = Math.fma(decay, parameters[i], gradient[i]);
      squares[i] = Math.fma(added * direction, direction, kept * squares[i]);
      float variance = squares[i];
      if (mean != null) {
        mean[i] = Math.fma(kept, mean[i], added * direction);
        variance = Math.max(0, Math.fma(-mean[i], mean[i], variance));
      }
      float update = direction / ((float) Math.sqrt(variance) + small);
      if (buffer != null) {
        buffer[i] = Math.fma(keptBuffer, buffer[i], update);
        update = buffer[i];
      }
      parameters[i] = Math.fma(-rate, update, parameters[i]);
    }
  }
}
