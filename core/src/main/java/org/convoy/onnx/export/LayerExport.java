package org.convoy.onnx.export;

import org.convoy.nn.Layer;

/**
 * How one kind of layer is written.
 *
 * @param <L> the kind
 */
@FunctionalInterface
interface LayerExport<L extends Layer> {

  /** Adds the nodes that compute a layer; the last one gives the layer's output. */
  void write(L layer, ExportedNode node);
}
