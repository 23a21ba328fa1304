package org.convoy.model;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.convoy.nn.Network;
import org.convoy.nn.layer.AvgPool2d;
import org.convoy.nn.layer.Concat;
import org.convoy.nn.layer.Conv2d;
import org.convoy.nn.layer.Flatten;
import org.convoy.nn.layer.Linear;
import org.convoy.nn.layer.SelectChannels;
import org.convoy.nn.layer.Tanh;
import org.convoy.tensor.Shape;

/**
 * LeNet-5 as published: LeCun, Bottou, Bengio and Haffner, "Gradient-based learning applied to
 * document recognition", 1998, figure 2 and table I. The filters of C3 see three, four or six maps
 * of S2, and the pools S2 and S4 have a coefficient and a bias for each map. For 1x28x28, padded to
 * the paper's 32x32, C1 to F6 have its 156 + 12 + 1,516 + 32 + 48,120 + 10,164 = 60,000 trainable
 * parameters.
 *
 * <p>Other than in the paper, the nonlinearity is tanh alone (there 1.7159 tanh(2x / 3), and a
 * sigmoid behind the pools), and the output is linear (there the distance to a fixed picture of
 * each digit), which adds 85 parameters for each class.
 */
public record LeNet51998() implements Model {
  private static final int MAPS = 6;

  /**
   * The columns of table I: six filters of three maps in a row, six of four, three of two pairs.
   */
  private static final List<List<int[]>> TABLE =
      List.of(rotations(6, 0, 1, 2), rotations(6, 0, 1, 2, 3), rotations(3, 0, 1, 3, 4));

  @Override
  public Optional<Shape> usualInput() {
    return Optional.of(Shape.of(1, 28, 28));
  }

  @Override
  public Network build(Shape input, int classes) {
    Network.Builder builder =
        Network.builder(input).add("c1", Conv2d.of(MAPS, 5).padding(2)).add("tanh1", new Tanh());
    addSubsampling(builder, "s2", MAPS);
    addPartialConvolutions(builder);
    addSubsampling(builder, "s4", 16);
    return builder
        .add("flatten", new Flatten())
        .add("c5", Linear.of(120))
        .add("tanh5", new Tanh())
        .add("f6", Linear.of(84))
        .add("tanh6", new Tanh())
        .add("output", Linear.of(classes))
        .build();
  }

  /** The mean of 2x2, times a coefficient, plus a bias, each learned for every map. */
  private static void addSubsampling(Network.Builder builder, String name, int maps) {
    builder
        .add(name + ".mean", AvgPool2d.of(2))
        .add(name, Conv2d.of(maps, 1).groups(maps))
        .add("tanh-" + name, new Tanh());
  }

  private static void addPartialConvolutions(Network.Builder builder) {
    String maps = builder.last();
    String[] parts = new String[TABLE.size() + 1];
    for (int i = 0; i < TABLE.size(); i++) {
      List<int[]> filters = TABLE.get(i);
      int[] chosen = filters.stream().flatMapToInt(Arrays::stream).toArray();
      parts[i] = "c3." + i;
      builder
          .add(parts[i] + ".maps", SelectChannels.of(chosen), maps)
          .add(parts[i], Conv2d.of(filters.size(), 5).groups(filters.size()));
    }
    parts[TABLE.size()] = "c3." + TABLE.size();
    builder
        .add(parts[TABLE.size()], Conv2d.of(1, 5), maps)
        .add("c3", new Concat(), parts)
        .add("tanh3", new Tanh());
  }

  /** The maps of each of {@code count} filters: those of the first, each time one further on. */
  private static List<int[]> rotations(int count, int... first) {
    int[][] filters = new int[count][];
    for (int i = 0; i < count; i++) {
      int shift = i;
      filters[i] = Arrays.stream(first).map(map -> (map + shift) % MAPS).toArray();
    }
    return List.of(filters);
  }
}
