package org.convoy.onnx.export;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.convoy.nn.Layer;

/** All layers that can be written as ONNX. */
public final class LayerExports {
  /** The opset that the nodes are of. */
  public static final int OPSET = 17;

  private static final Map<Class<? extends Layer>, LayerExport<?>> TABLE = new LinkedHashMap<>();

  static {
    ConvolutionExports.addTo(new Table());
    ConvTransposeExports.addTo(new Table());
    PoolingExports.addTo(new Table());
    NormalizationExports.addTo(new Table());
    ActivationExports.addTo(new Table());
    ShapeExports.addTo(new Table());
  }

  private LayerExports() {}

  /** Takes the lines of the families. */
  static final class Table {
    private Table() {}

    <L extends Layer> Table add(Class<L> type, LayerExport<? super L> export) {
      LayerExport<L> checked = (layer, node) -> export.write(type.cast(layer), node);
      if (TABLE.put(type, checked) != null) {
        throw new IllegalArgumentException(type + " is in the table already");
      }
      return this;
    }
  }

  /** The layers that can be written. */
  public static Set<Class<? extends Layer>> types() {
    return Collections.unmodifiableSet(TABLE.keySet());
  }

  /**
   * Adds the ONNX nodes that compute a layer.
   *
   * @throws IllegalArgumentException if there is no way to write it
   */
  public static void write(Layer layer, ExportedNode node) {
    write(layer.getClass(), layer, node);
  }

  @SuppressWarnings("unchecked")
  private static <L extends Layer> void write(
      Class<? extends Layer> type, L layer, ExportedNode node) {
    LayerExport<L> export = (LayerExport<L>) TABLE.get(type);
    if (export == null) {
      throw new IllegalArgumentException(
          "a layer of " + type.getSimpleName() + " cannot be written as ONNX");
    }
    export.write(layer, node);
  }
}
