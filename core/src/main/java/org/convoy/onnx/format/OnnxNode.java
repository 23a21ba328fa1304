package org.convoy.onnx.format;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * A NodeProto: an operator with the names of its inputs and outputs.
 *
 * @param name may be empty
 * @param operator its type, for example {@code Conv}
 * @param domain empty for ONNX's own operators
 * @param inputs names of values; an empty one stands for an optional input that is left out
 * @param outputs names of values; an empty one stands for an output that nobody wants
 */
public record OnnxNode(
    String name,
    String operator,
    String domain,
    List<String> inputs,
    List<String> outputs,
    List<OnnxAttribute> attributes) {

  public OnnxNode {
    // The default domain has two names.
    domain = domain.equals("ai.onnx") ? "" : domain;
    inputs = List.copyOf(inputs);
    outputs = List.copyOf(outputs);
    attributes = List.copyOf(attributes);
  }

  /** The attribute of a name, where the node has it. */
  public Optional<OnnxAttribute> attribute(String wanted) {
    return attributes.stream().filter(attribute -> attribute.name().equals(wanted)).findFirst();
  }

  /** What messages call this node: its name, or what it computes where it has none. */
  public String label() {
    return name.isEmpty()
        ? String.join(", ", outputs.stream().filter(output -> !output.isEmpty()).toList())
        : name;
  }

  /** This node without the outputs that nobody wants. */
  public OnnxNode withOutputs(Predicate<String> wanted) {
    List<String> kept = outputs.stream().map(output -> wanted.test(output) ? output : "").toList();
    return new OnnxNode(name, operator, domain, inputs, kept, attributes);
  }

  static OnnxNode read(WireReader in) throws OnnxFileException {
    List<String> inputs = new ArrayList<>();
    List<String> outputs = new ArrayList<>();
    List<OnnxAttribute> attributes = new ArrayList<>();
    String name = "";
    String operator = "";
    String domain = "";
    while (in.next()) {
      switch (in.field()) {
        case 1 -> inputs.add(in.string("input"));
        case 2 -> outputs.add(in.string("output"));
        case 3 -> name = in.string("name");
        case 4 -> operator = in.string("op_type");
        case 5 -> attributes.add(OnnxAttribute.read(in.message("attribute")));
        case 7 -> domain = in.string("domain");
        default -> in.skip();
      }
    }
    if (operator.isEmpty()) {
      throw in.error("the operator (op_type) is missing");
    }
    return new OnnxNode(name, operator, domain, inputs, outputs, attributes);
  }

  WireWriter write() {
    WireWriter out = new WireWriter();
    inputs.forEach(input -> out.string(1, input));
    outputs.forEach(output -> out.string(2, output));
    out.stringIfAny(3, name);
    out.string(4, operator);
    attributes.forEach(attribute -> out.message(5, attribute.write()));
    out.stringIfAny(7, domain);
    return out;
  }
}
