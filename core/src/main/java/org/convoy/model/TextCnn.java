package org.convoy.model;

import java.util.List;
import java.util.Optional;
import org.convoy.description.Default;
import org.convoy.nn.Network;
import org.convoy.nn.init.Uniform;
import org.convoy.nn.layer.Concat;
import org.convoy.nn.layer.Conv1d;
import org.convoy.nn.layer.Dropout;
import org.convoy.nn.layer.Embedding;
import org.convoy.nn.layer.Flatten;
import org.convoy.nn.layer.GlobalMaxPool;
import org.convoy.nn.layer.Linear;
import org.convoy.nn.layer.Permute;
import org.convoy.nn.layer.Relu;
import org.convoy.tensor.Shape;

/**
 * Convolutions over sentences: Kim, "Convolutional neural networks for sentence classification",
 * 2014, figure 1, the variant that learns its word vectors (CNN-rand): filters over 3, 4 and 5
 * neighbouring words, the largest value of each over the sentence, dropout and a classifier. Input
 * is one token number for each word, as floats; token 0 fills up short sentences. 6,360,902
 * parameters with 20,000 tokens and two classes. The paper also bounds the norm of the classifier's
 * weights.
 *
 * @param vocabulary number of tokens, at least 2
 * @param dimension numbers for each token
 * @param widths words that the filters see, each at least 1
 * @param filters of each width
 * @param dropout share of the features dropped, in [0, 1)
 */
public record TextCnn(
    @Default("20000") int vocabulary,
    @Default("300") int dimension,
    @Default("[3, 4, 5]") List<Integer> widths,
    @Default("100") int filters,
    @Default("0.5") float dropout)
    implements Model {

  /** Bound of the word vectors in the paper's section 3.1. */
  private static final double BOUND = 0.25;

  public TextCnn {
    widths = List.copyOf(widths);
    if (vocabulary < 2) {
      throw new IllegalArgumentException("vocabulary must be at least 2, got " + vocabulary);
    }
    if (widths.isEmpty()) {
      throw new IllegalArgumentException("widths must be at least one number, got none");
    }
  }

  /** As in the paper. */
  public TextCnn(int vocabulary) {
    this(vocabulary, 300, List.of(3, 4, 5), 100, 0.5f);
  }

  /** Sentences of 64 words. */
  @Override
  public Optional<Shape> usualInput() {
    return Optional.of(Shape.of(64));
  }

  @Override
  public int usualClasses() {
    return 2;
  }

  @Override
  public Network build(Shape input, int classes) {
    Network.Builder builder =
        Network.builder(input)
            .add("embedding", new Embedding(vocabulary, dimension, 0, new Uniform(BOUND)))
            .add("permute", Permute.of(1, 0));
    String[] features = new String[widths.size()];
    for (int i = 0; i < features.length; i++) {
      features[i] = "pools." + i;
      builder
          .add("convs." + i, Conv1d.of(filters, widths.get(i)), "permute")
          .add("relus." + i, new Relu())
          .add(features[i], new GlobalMaxPool());
    }
    if (features.length > 1) {
      builder.add("concat", new Concat(), features);
    }
    return builder
        .add("flatten", new Flatten())
        .add("dropout", new Dropout(dropout))
        .add("fc", Linear.of(classes))
        .build();
  }
}
