/**
 * How Convoy's layers are written as ONNX nodes. {@link org.convoy.onnx.export.LayerExports} is the
 * table; to add a layer: one method in the class of its family and one line in that family's table.
 * {@code OnnxExporterTest} runs every example of every registered layer in ONNX Runtime, and fails
 * for a layer that is not here.
 *
 * <p>Uses {@code onnx.format}, {@code nn}, {@code tensor}.
 */
package org.convoy.onnx.export;
