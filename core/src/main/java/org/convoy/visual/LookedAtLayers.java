package org.convoy.visual;

import java.util.ArrayList;
import java.util.List;
import org.convoy.nn.Network;
import org.convoy.tensor.Shape;

/** Which layers of a network are worth looking at, where nobody says so. */
public final class LookedAtLayers {
  private LookedAtLayers() {}

  /**
   * The first convolution, whose filters are pictures.
   *
   * @return its name
   * @throws IllegalArgumentException if there is no convolution of two axes
   */
  public static String filters(Network network) {
    return network.nodes().stream()
        .filter(node -> isConvolution(network, node))
        .map(Network.Node::name)
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "the network has no convolution over pictures, whose filters could be shown"));
  }

  /** All layers that give maps of more than one pixel, in their order. */
  public static List<String> maps(Network network) {
    return network.nodes().stream()
        .map(Network.Node::name)
        .filter(name -> givesMaps(network.shapeOf(name)))
        .toList();
  }

  /** The last layer of each size of maps: what a network has found when it goes on coarser. */
  public static List<String> stages(Network network) {
    List<String> stages = new ArrayList<>();
    for (String name : maps(network)) {
      int last = stages.size() - 1;
      if (last >= 0 && sameSize(network.shapeOf(stages.get(last)), network.shapeOf(name))) {
        stages.set(last, name);
      } else {
        stages.add(name);
      }
    }
    return stages;
  }

  /**
   * Where Grad-CAM looks: the last layer whose maps have the size of the last convolution's, that
   * is, this convolution with its activation, or the sum or concatenation that it goes into.
   *
   * @throws IllegalArgumentException if no layer gives maps of more than one pixel
   */
  public static String evidence(Network network) {
    List<String> maps = maps(network);
    if (maps.isEmpty()) {
      throw new IllegalArgumentException(
          "no layer of the network gives maps, from which a heat map could be made");
    }
    Shape wanted =
        network.nodes().stream()
            .filter(node -> isConvolution(network, node))
            .map(node -> network.shapeOf(node.name()))
            .filter(LookedAtLayers::givesMaps)
            .reduce((first, second) -> second)
            .orElse(network.shapeOf(maps.get(maps.size() - 1)));
    return maps.stream()
        .filter(name -> sameSize(network.shapeOf(name), wanted))
        .reduce((first, second) -> second)
        .orElseThrow();
  }

  /** Channels x height x width, and more than one pixel. */
  static boolean givesMaps(Shape shape) {
    return shape.rank() == 3 && shape.size(1) * shape.size(2) > 1;
  }

  private static boolean sameSize(Shape a, Shape b) {
    return a.dropFirst().equals(b.dropFirst());
  }

  private static boolean isConvolution(Network network, Network.Node node) {
    return node.layer().parameters(network.inputShapes(node)).stream()
        .anyMatch(spec -> spec.name().equals("weight") && spec.shape().rank() == 4);
  }
}
