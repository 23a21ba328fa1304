package org.convoy.bench.step;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.convoy.description.Nearest;

/**
 * What is measured unless a model is named: small and large networks of the lectures and of the
 * literature, trained and scored. None drops anything, so that the work is always the same.
 */
public final class Workloads {
  private static final List<Mode> BOTH = List.of(Mode.TRAIN, Mode.INFER);
  private static final String LENET = "{\"type\":\"lenet5-lecture\",\"input\":\"3x32x32\"}";

  private static final List<Workload> ALL =
      List.of(
          new Workload("lenet", LENET, 64, BOTH),
          new Workload("lenet", LENET, 512, BOTH),
          new Workload("resnet20", "resnet20-projected", 128, BOTH),
          new Workload("airbench94", "airbench94", 1024, BOTH),
          new Workload("alexnet", "{\"type\":\"alexnet\",\"dropout\":0}", 16, BOTH),
          new Workload("vgg16", "{\"type\":\"vgg16\",\"dropout\":0}", 16, BOTH),
          new Workload("resnet50", "resnet50", 16, List.of(Mode.INFER)));

  private Workloads() {}

  public static List<Workload> all() {
    return ALL;
  }

  /**
   * The workloads whose names contain one of the parts, in their own order; all without any part.
   *
   * @throws IllegalArgumentException if a part is in no name; the message names the nearest
   */
  public static List<Workload> select(List<String> parts) {
    Set<String> names =
        ALL.stream().map(Workload::name).collect(Collectors.toCollection(LinkedHashSet::new));
    for (String part : parts) {
      if (names.stream().noneMatch(name -> name.contains(part))) {
        throw new IllegalArgumentException(
            "unknown workload '"
                + part
                + "'"
                + Nearest.suggestion(part, names)
                + " (known: "
                + String.join(", ", names)
                + "; any other model by --model)");
      }
    }
    return ALL.stream()
        .filter(workload -> parts.isEmpty() || parts.stream().anyMatch(workload.name()::contains))
        .toList();
  }
}
