package org.convoy.nn.layer;

import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.convoy.description.Default;
import org.convoy.nn.Initializer;
import org.convoy.nn.LayerContext;
import org.convoy.nn.ParameterSpec;
import org.convoy.nn.SingleInputLayer;
import org.convoy.nn.init.Normal;
import org.convoy.tensor.Shape;
import org.convoy.tensor.Tensor;

/**
 * A learned row of numbers for each token: the input holds token numbers, whole ones from 0, as
 * floats; length becomes length x embeddingDim, as in PyTorch's {@code nn.Embedding} (a 1-D
 * convolution wants it the other way round: {@code Permute} [1, 0]). Parameter: weight of
 * numEmbeddings x embeddingDim. Token numbers get no gradient.
 *
 * @param numEmbeddings number of tokens; floats are exact up to 16,777,216
 * @param embeddingDim numbers for each
 * @param paddingIdx token that fills up short sequences: its row begins with zeros and does not
 *     learn; -1 for none
 * @param initializer of the weight
 */
public record Embedding(
    int numEmbeddings,
    int embeddingDim,
    @Default("-1") int paddingIdx,
    @Default("{\"type\": \"normal\", \"deviation\": 1}") Initializer initializer)
    implements SingleInputLayer {
  private static final int LARGEST = 1 << 24;

  public Embedding {
    Options.requireAtLeast(1, "numEmbeddings", numEmbeddings);
    Options.requireAtLeast(1, "embeddingDim", embeddingDim);
    if (numEmbeddings > LARGEST) {
      throw new IllegalArgumentException(
          "numEmbeddings must be at most " + LARGEST + ", got " + numEmbeddings);
    }
    if (paddingIdx < -1 || paddingIdx >= numEmbeddings) {
      throw new IllegalArgumentException(
          String.format(
              "paddingIdx must be a token in 0..%d, or -1 for none, got %d",
              numEmbeddings - 1, paddingIdx));
    }
    Objects.requireNonNull(initializer, "initializer");
  }

  /** With PyTorch's defaults. */
  public static Embedding of(int numEmbeddings, int embeddingDim) {
    return new Embedding(numEmbeddings, embeddingDim, -1, new Normal(1));
  }

  /** This layer with a token that fills up short sequences. */
  public Embedding paddingIdx(int token) {
    return new Embedding(numEmbeddings, embeddingDim, token, initializer);
  }

  @Override
  public Shape outputShape(Shape input) {
    int[] sizes = Arrays.copyOf(input.toArray(), input.rank() + 1);
    sizes[input.rank()] = embeddingDim;
    return Shape.of(sizes);
  }

  @Override
  public List<ParameterSpec> parameters(Shape input) {
    Initializer padded =
        (weight, key) -> {
          initializer.initialize(weight, key);
          if (paddingIdx >= 0) {
            int from = weight.offset() + paddingIdx * embeddingDim;
            Arrays.fill(weight.data(), from, from + embeddingDim, 0);
          }
        };
    return List.of(new ParameterSpec("weight", Shape.of(numEmbeddings, embeddingDim), padded));
  }

  @Override
  public boolean backwardReadsOutput() {
    return false;
  }

  /**
   * @throws IllegalArgumentException if the input holds something that is no token
   */
  @Override
  public void forward(LayerContext context) {
    Tensor weight = context.parameter("weight");
    Tensor output = context.output();
    for (int i = 0; i < context.input().size(); i++) {
      int from = weight.offset() + token(context, i) * embeddingDim;
      int to = output.offset() + i * embeddingDim;
      System.arraycopy(weight.data(), from, output.data(), to, embeddingDim);
    }
  }

  /** Rows take their gradients in the order of the tokens. */
  @Override
  public void backward(LayerContext context) {
    if (context.learns()) {
      Tensor weightGradient = context.parameterGradient("weight");
      Tensor gradient = context.outputGradient();
      for (int i = 0; i < context.input().size(); i++) {
        int token = token(context, i);
        if (token != paddingIdx) {
          int to = weightGradient.offset() + token * embeddingDim;
          int from = gradient.offset() + i * embeddingDim;
          for (int k = 0; k < embeddingDim; k++) {
            weightGradient.data()[to + k] += gradient.data()[from + k];
          }
        }
      }
    }
    if (context.needsInputGradient(0)) {
      context.inputGradient().fill(0);
    }
  }

  private int token(LayerContext context, int i) {
    Tensor input = context.input();
    float value = input.data()[input.offset() + i];
    int token = (int) value;
    if (token != value || token < 0 || token >= numEmbeddings) {
      int perExample = input.size() / context.batchSize();
      throw new IllegalArgumentException(
          String.format(
              "expected token numbers in 0..%d, got %s in example %d of the batch at position %d",
              numEmbeddings - 1, value, i / perExample, i % perExample));
    }
    return token;
  }
}
