package org.convoy.onnx.format;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * An AttributeProto: a named constant of a node. It has one value, and the others are empty.
 *
 * @param kind what it holds
 * @param numbers of INT and INTS
 * @param floats of FLOAT and FLOATS
 * @param strings of STRING and STRINGS
 * @param tensors of TENSOR and TENSORS
 */
public record OnnxAttribute(
    String name,
    Kind kind,
    List<Long> numbers,
    List<Float> floats,
    List<String> strings,
    List<OnnxTensor> tensors) {

  /** AttributeProto.AttributeType. */
  public enum Kind {
    FLOAT(1),
    INT(2),
    STRING(3),
    TENSOR(4),
    FLOATS(6),
    INTS(7),
    STRINGS(8),
    TENSORS(9),
    /**
     * Graphs of control flow, sparse tensors, types and references: known to be there, not read.
     */
    OTHER(0);

    private final int number;

    Kind(int number) {
      this.number = number;
    }

    private static Kind ofNumber(long number) {
      for (Kind kind : values()) {
        if (kind.number == number) {
          return kind;
        }
      }
      return OTHER;
    }
  }

  public OnnxAttribute {
    numbers = List.copyOf(numbers);
    floats = List.copyOf(floats);
    strings = List.copyOf(strings);
    tensors = List.copyOf(tensors);
  }

  /** A whole number. */
  public static OnnxAttribute of(String name, long number) {
    return new OnnxAttribute(name, Kind.INT, List.of(number), List.of(), List.of(), List.of());
  }

  /** Several whole numbers. */
  public static OnnxAttribute of(String name, long[] numbers) {
    List<Long> boxed = new ArrayList<>();
    for (long number : numbers) {
      boxed.add(number);
    }
    return new OnnxAttribute(name, Kind.INTS, boxed, List.of(), List.of(), List.of());
  }

  /** A float. */
  public static OnnxAttribute of(String name, float value) {
    return new OnnxAttribute(name, Kind.FLOAT, List.of(), List.of(value), List.of(), List.of());
  }

  /** A text. */
  public static OnnxAttribute of(String name, String text) {
    return new OnnxAttribute(name, Kind.STRING, List.of(), List.of(), List.of(text), List.of());
  }

  static OnnxAttribute read(WireReader in) throws OnnxFileException {
    String name = "";
    long type = 0;
    Numbers numbers = new Numbers();
    Numbers floats = new Numbers();
    List<String> strings = new ArrayList<>();
    List<OnnxTensor> tensors = new ArrayList<>();
    Optional<Kind> implied = Optional.empty();
    while (in.next()) {
      switch (in.field()) {
        case 1 -> name = in.string("name");
        case 2 -> {
          floats.add(Float.floatToRawIntBits(in.fixed32("f")));
          implied = Optional.of(Kind.FLOAT);
        }
        case 3 -> {
          numbers.add(in.varint("i"));
          implied = Optional.of(Kind.INT);
        }
        case 4 -> {
          strings.add(in.string("s"));
          implied = Optional.of(Kind.STRING);
        }
        case 5 -> {
          tensors.add(OnnxTensor.read(in.message("t")));
          implied = Optional.of(Kind.TENSOR);
        }
        case 7 -> in.floats(floats, "floats");
        case 8 -> in.varints(numbers, "ints");
        case 9 -> strings.add(in.string("strings"));
        case 10 -> tensors.add(OnnxTensor.read(in.message("tensors")));
        case 20 -> type = in.varint("type");
        default -> in.skip();
      }
    }
    Kind kind = type == 0 ? implied.orElse(list(numbers, floats, strings)) : Kind.ofNumber(type);
    return new OnnxAttribute(
        name, kind, boxed(numbers.toLongs()), boxed(floats.toFloats()), strings, tensors);
  }

  /** What files before IR version 2, which do not state types, mean by their lists. */
  private static Kind list(Numbers numbers, Numbers floats, List<String> strings) {
    if (numbers.size() > 0) {
      return Kind.INTS;
    }
    return floats.size() > 0 ? Kind.FLOATS : strings.isEmpty() ? Kind.OTHER : Kind.STRINGS;
  }

  private static List<Long> boxed(long[] values) {
    List<Long> list = new ArrayList<>(values.length);
    for (long value : values) {
      list.add(value);
    }
    return list;
  }

  private static List<Float> boxed(float[] values) {
    List<Float> list = new ArrayList<>(values.length);
    for (float value : values) {
      list.add(value);
    }
    return list;
  }

  WireWriter write() {
    WireWriter out = new WireWriter();
    out.string(1, name);
    switch (kind) {
      case FLOAT -> out.fixed32(2, floats.get(0));
      case INT -> out.varint(3, numbers.get(0));
      case STRING -> out.string(4, strings.get(0));
      case INTS -> numbers.forEach(number -> out.varint(8, number));
      case TENSOR, FLOATS, STRINGS, TENSORS, OTHER ->
          throw new IllegalStateException(name + ": attributes of " + kind + " are not written");
    }
    out.varint(20, kind.number);
    return out;
  }
}
