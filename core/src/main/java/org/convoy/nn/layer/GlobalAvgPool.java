package org.convoy.nn.layer;

import org.convoy.nn.LayerContext;
import org.convoy.nn.SingleInputLayer;
import org.convoy.tensor.Shape;

/**
 * The mean of each channel over all its positions; Lin, Chen and Yan 2013. The spatial axes, one or
 * more, stay with size 1; a flatten layer takes them away. Positions are summed in row-major order
 * and divided once.
 */
public record GlobalAvgPool() implements SingleInputLayer {
  @Override
  public Shape outputShape(Shape input) {
    return Windows.globalOutput(input);
  }

  @Override
  public boolean backwardReadsInputs() {
    return false;
  }

  @Override
  public boolean backwardReadsOutput() {
    return false;
  }

  @Override
  public void forward(LayerContext context) {
    average(context).forward(context.input(), context.output());
  }

  @Override
  public void backward(LayerContext context) {
    if (context.needsInputGradient(0)) {
      average(context).backward(context.outputGradient(), context.inputGradient());
    }
  }

  private static AdaptiveAverage average(LayerContext context) {
    return new AdaptiveAverage(context.input().shape(), context.output().shape());
  }
}
