package org.convoy.nn;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.ToLongFunction;
import java.util.stream.Stream;
import org.convoy.nn.MemoryPlan.Buffer;
import org.convoy.nn.Readers.Use;

/**
 * Which buffers hold the gradients of the operations' outputs. Of several operations that read an
 * output, the last one writes its gradient first; the others write to buffers of their own, which
 * are added to it. An operation that only passes its gradient on ({@link Layer#passesGradientOn})
 * lets inputs whose gradients it writes first share the buffer, as long as nobody changes it before
 * all of them have read it.
 */
final class GradientPlan {
  private final List<Operation> operations;
  private final Readers readers;
  private final Set<String> wanted;
  private final boolean keepsAll;
  private final ToLongFunction<String> floats;
  private final Map<String, Place> places = new HashMap<>();
  private final Map<Use, Buffer> extras = new HashMap<>();

  /** A buffer and the gradients that lie in it. */
  private record Place(Buffer buffer, List<Tenant> tenants) {}

  /**
   * A gradient.
   *
   * @param from when it is first written
   * @param to when it is last read
   * @param changes when it is added to, or written by the operation whose output's it is
   */
  private record Tenant(int from, int to, List<Integer> changes) {
    boolean bears(Tenant other) {
      return other.changes.stream().noneMatch(time -> from < time && time <= to);
    }
  }

  /**
   * @param wanted names of the nodes whose gradients are computed
   * @param keepsAll whether all of them are still there at the end
   * @param floats in the gradient of a node
   */
  GradientPlan(
      List<Operation> operations,
      Readers readers,
      Set<String> wanted,
      boolean keepsAll,
      ToLongFunction<String> floats) {
    this.operations = operations;
    this.readers = readers;
    this.wanted = wanted;
    this.keepsAll = keepsAll;
    this.floats = floats;
  }

  void addTo(MemoryPlan plan) {
    for (int i = operations.size() - 1; i >= 0; i--) {
      String name = operations.get(i).output();
      if (wanted.contains(name)) {
        List<Use> uses = writers(name);
        add(i, uses, plan);
        uses.stream()
            .skip(1)
            .forEach(
                use -> extras.put(use, plan.add(floats.applyAsLong(name), time(use), time(use))));
      }
    }
  }

  /** The inputs that bring a gradient to an output, in the order of the backward passes. */
  private List<Use> writers(String name) {
    return readers.of(name).stream()
        .filter(use -> wanted.contains(operations.get(use.operation()).output()))
        .sorted(Comparator.comparingInt((Use use) -> -use.operation()).thenComparing(Use::input))
        .toList();
  }

  private void add(int index, List<Use> uses, MemoryPlan plan) {
    Operation operation = operations.get(index);
    int own = backwardTime(index);
    Stream<Integer> added = uses.stream().skip(1).map(this::time);
    Stream<Integer> written = operation.isJoined() ? Stream.of(own) : Stream.empty();
    Tenant tenant =
        new Tenant(
            uses.isEmpty() ? operations.size() - 1 : time(uses.get(0)),
            keepsAll ? backwardTime(-1) : own,
            Stream.concat(added, written).toList());
    Place shared = uses.isEmpty() || keepsAll ? null : passedOnBy(uses.get(0));
    if (shared != null
        && shared.tenants.stream().allMatch(other -> other.bears(tenant) && tenant.bears(other))) {
      shared.buffer.keepUntil(tenant.to);
      shared.tenants.add(tenant);
      places.put(operation.output(), shared);
    } else {
      Buffer buffer = plan.add(floats.applyAsLong(operation.output()), tenant.from, tenant.to);
      places.put(operation.output(), new Place(buffer, new ArrayList<>(List.of(tenant))));
    }
  }

  /** Where the gradient lies that an operation passes on, or null if it does more than that. */
  private Place passedOnBy(Use use) {
    Operation reader = operations.get(use.operation());
    return reader.layer().passesGradientOn() ? places.get(reader.output()) : null;
  }

  private int time(Use use) {
    return backwardTime(use.operation());
  }

  private int backwardTime(int operation) {
    return 2 * operations.size() - 1 - operation;
  }

  /** Where the gradient of a node's output lies. */
  Buffer of(String node) {
    return places.get(node).buffer;
  }

  /** Where an input's gradient goes that is added to the others; null if it is the first. */
  Buffer extra(int operation, int input) {
    return extras.get(new Use(operation, input));
  }
}
