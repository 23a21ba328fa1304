package org.convoy.reference;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.convoy.backend.Backend;
import org.convoy.model.LeNet5Lecture;
import org.convoy.model.Model;
import org.convoy.nn.Execution;
import org.convoy.nn.Network;
import org.convoy.nn.ParameterLayout;
import org.convoy.nn.Parameters;
import org.convoy.nn.Targets;
import org.convoy.nn.layer.Add;
import org.convoy.nn.layer.BatchNorm2d;
import org.convoy.nn.layer.Concat;
import org.convoy.nn.layer.Conv2d;
import org.convoy.nn.layer.GlobalAvgPool;
import org.convoy.nn.layer.MaxPool2d;
import org.convoy.nn.layer.Relu;
import org.convoy.nn.loss.CrossEntropy;
import org.convoy.optim.OptimizerState;
import org.convoy.optim.ParameterRates;
import org.convoy.optim.Sgd;
import org.convoy.tensor.Shape;
import org.convoy.tensor.Tensor;
import org.convoy.testing.ReferenceCase;

/** Small graphs of layers, and the first steps of training a whole network. */
public final class BlockChecks {
  private BlockChecks() {}

  /** What computes each operation. */
  public static Map<String, ReferenceCheck> byOperation() {
    return Map.of(
        "inception_block", BlockChecks::inception,
        "nin_block", BlockChecks::networkInNetwork,
        "residual_block", BlockChecks::residual,
        "train_lenet", BlockChecks::trainLeNet);
  }

  private static void inception(ReferenceCase reference, Backend backend) {
    new RecordedNetwork(reference, "x")
        .add("a", convolution(reference, "a"), "x")
        .add("ar", new Relu())
        .add("b1", convolution(reference, "b1"), "x")
        .add("b1r", new Relu())
        .add("b2", convolution(reference, "b2").padding(1))
        .add("b2r", new Relu())
        .add("c1", convolution(reference, "c1"), "x")
        .add("c1r", new Relu())
        .add("c2", convolution(reference, "c2").padding(2))
        .add("c2r", new Relu())
        .add("pool", MaxPool2d.of(3).stride(1).padding(1), "x")
        .add("d", convolution(reference, "d"))
        .add("dr", new Relu())
        .add("y", new Concat(), "ar", "b2r", "c2r", "dr")
        .run(backend);
  }

  private static void networkInNetwork(ReferenceCase reference, Backend backend) {
    new RecordedNetwork(reference, "x")
        .add("c1", convolution(reference, "c1").padding(2))
        .add("r1", new Relu())
        .add("c2", convolution(reference, "c2"))
        .add("r2", new Relu())
        .add("c3", convolution(reference, "c3"))
        .add("r3", new Relu())
        .add("y", new GlobalAvgPool())
        .run(backend);
  }

  private static void residual(ReferenceCase reference, Backend backend) {
    int stride = (int) reference.number("stride");
    boolean bottleneck = reference.flag("bottleneck");
    RecordedNetwork network = new RecordedNetwork(reference, "x");
    if (bottleneck) {
      network
          .add("c1", convolution(reference, "c1"))
          .add("b1", new BatchNorm2d())
          .add("r1", new Relu())
          .add("c2", convolution(reference, "c2").stride(stride).padding(1))
          .add("b2", new BatchNorm2d())
          .add("r2", new Relu())
          .add("c3", convolution(reference, "c3"))
          .add("b3", new BatchNorm2d());
    } else {
      network
          .add("c1", convolution(reference, "c1").stride(stride).padding(1))
          .add("b1", new BatchNorm2d())
          .add("r1", new Relu())
          .add("c2", convolution(reference, "c2").padding(1))
          .add("b2", new BatchNorm2d());
    }
    boolean projected = reference.has("sc.w");
    if (projected) {
      network
          .add("sc", convolution(reference, "sc").stride(stride), "x")
          .add("sb", new BatchNorm2d());
    }
    network
        .add("sum", new Add(), bottleneck ? "b3" : "b2", projected ? "sb" : "x")
        .add("y", new Relu())
        .run(backend);
  }

  /** Of the size of its recorded weight. */
  private static Conv2d convolution(ReferenceCase reference, String node) {
    Shape weight = reference.tensor(node + ".w").shape();
    Conv2d layer = Conv2d.of(weight.size(0), weight.size(2), weight.size(3));
    return reference.has(node + ".b") ? layer : layer.withoutBias();
  }

  private static void trainLeNet(ReferenceCase reference, Backend backend) {
    int steps = (int) reference.number("steps");
    Tensor images = reference.tensor("x0");
    int batch = images.shape().size(0);
    Model model = new LeNet5Lecture();
    Network network =
        model.build(images.shape().dropFirst(), reference.tensor("logits0").shape().size(1));
    Parameters parameters = new Parameters(network.layout(), new float[network.parameterCount()]);
    for (ParameterLayout.Slice slice : network.layout().slices()) {
      parameters.get(slice.name()).copyFrom(reference.tensor(shortName(slice.name())));
    }
    Sgd sgd = new Sgd(reference.number("momentum"), 0, reference.number("weight_decay"), false);
    OptimizerState state = sgd.newState(network.layout());
    Execution execution = Execution.forTraining(network, backend, batch);
    float[] losses = new float[steps];
    for (int step = 0; step < steps; step++) {
      float[] gradient = new float[network.parameterCount()];
      losses[step] = pass(execution, parameters, reference, step, gradient);
      if (step == 0) {
        assertAgrees(reference, "g_", new Parameters(network.layout(), gradient));
      }
      sgd.step(
          parameters.values(),
          gradient,
          reference.number("lr"),
          state,
          ParameterRates.alike(network.layout()));
    }
    reference.assertAgrees("losses", Tensor.of(Shape.of(steps), losses));
    assertAgrees(reference, "after.", parameters);
  }

  /** The mean loss of a step's batch; its mean gradient goes to {@code gradient}. */
  private static float pass(
      Execution execution,
      Parameters parameters,
      ReferenceCase reference,
      int step,
      float[] gradient) {
    int[] labels = reference.labels("labels" + step);
    Targets targets = Targets.ofClasses(labels);
    execution.input(labels.length).copyFrom(reference.tensor("x" + step));
    Tensor logits = execution.forward(labels.length, parameters, new long[labels.length]);
    if (step == 0) {
      reference.assertAgrees("logits0", logits);
    }
    double loss =
        new CrossEntropy().evaluate(logits, targets, execution.outputGradient(labels.length));
    execution.backward(gradient);
    for (int i = 0; i < gradient.length; i++) {
      gradient[i] /= labels.length;
    }
    return (float) (loss / labels.length);
  }

  private static void assertAgrees(ReferenceCase reference, String prefix, Parameters actual) {
    assertThat(actual.layout().slices()).isNotEmpty();
    for (ParameterLayout.Slice slice : actual.layout().slices()) {
      reference.assertAgrees(prefix + shortName(slice.name()), actual.get(slice.name()));
    }
  }

  /** {@code conv1.w} for {@code conv1.weight}. */
  private static String shortName(String name) {
    return name.replace("weight", "w").replace("bias", "b");
  }
}
