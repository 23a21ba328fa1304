package org.convoy.onnx.format;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A ValueInfoProto: the name of an input or output of a graph with what is known about it.
 *
 * @param type none if it is no tensor, or of elements that are not read
 * @param dims none if not even their number is known
 */
public record OnnxValueInfo(String name, Optional<ElementType> type, Optional<List<Dim>> dims) {

  /**
   * A size, fixed or called by a name.
   *
   * @param size -1 where it is not fixed
   * @param symbol empty where it has none
   */
  public record Dim(long size, String symbol) {
    /** A fixed size. */
    public static Dim of(long size) {
      return new Dim(size, "");
    }

    /** A size that differs from run to run. */
    public static Dim symbolic(String symbol) {
      return new Dim(-1, symbol);
    }

    public boolean isFixed() {
      return size >= 0;
    }

    private static Dim read(WireReader in) throws OnnxFileException {
      long size = -1;
      String symbol = "";
      while (in.next()) {
        switch (in.field()) {
          case 1 -> size = in.varint("dim_value");
          case 2 -> symbol = in.string("dim_param");
          default -> in.skip();
        }
      }
      return new Dim(size, symbol);
    }

    private WireWriter write() {
      WireWriter out = new WireWriter();
      if (isFixed()) {
        out.varint(1, size);
      } else {
        out.string(2, symbol);
      }
      return out;
    }

    @Override
    public String toString() {
      return isFixed() ? String.valueOf(size) : symbol.isEmpty() ? "?" : symbol;
    }
  }

  public OnnxValueInfo {
    dims = dims.map(List::copyOf);
  }

  /** A tensor of floats. */
  public static OnnxValueInfo ofFloats(String name, List<Dim> dims) {
    return new OnnxValueInfo(name, Optional.of(ElementType.FLOAT), Optional.of(dims));
  }

  static OnnxValueInfo read(WireReader in) throws OnnxFileException {
    OnnxValueInfo info = new OnnxValueInfo("", Optional.empty(), Optional.empty());
    String name = "";
    while (in.next()) {
      switch (in.field()) {
        case 1 -> name = in.string("name");
        case 2 -> info = readType(in.message("type"));
        default -> in.skip();
      }
    }
    return new OnnxValueInfo(name, info.type(), info.dims());
  }

  /** TypeProto: of its kinds only tensors count here. */
  private static OnnxValueInfo readType(WireReader in) throws OnnxFileException {
    Optional<ElementType> type = Optional.empty();
    Optional<List<Dim>> dims = Optional.empty();
    while (in.next()) {
      if (in.field() != 1) {
        in.skip();
        continue;
      }
      WireReader tensor = in.message("tensor_type");
      while (tensor.next()) {
        switch (tensor.field()) {
          case 1 -> type = ElementType.ofNumber(tensor.varint("elem_type"));
          case 2 -> dims = Optional.of(readShape(tensor.message("shape")));
          default -> tensor.skip();
        }
      }
    }
    return new OnnxValueInfo("", type, dims);
  }

  private static List<Dim> readShape(WireReader in) throws OnnxFileException {
    List<Dim> dims = new ArrayList<>();
    while (in.next()) {
      if (in.field() == 1) {
        dims.add(Dim.read(in.message("dim")));
      } else {
        in.skip();
      }
    }
    return dims;
  }

  WireWriter write() {
    WireWriter shape = new WireWriter();
    dims.orElseThrow().forEach(dim -> shape.message(1, dim.write()));
    WireWriter tensor = new WireWriter();
    tensor.varint(1, type.orElseThrow().number());
    tensor.message(2, shape);
    WireWriter kind = new WireWriter();
    kind.message(1, tensor);
    WireWriter out = new WireWriter();
    out.string(1, name);
    out.message(2, kind);
    return out;
  }
}
