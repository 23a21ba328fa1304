/**
 * From an ONNX graph to a network: nodes become layers as the operator table says, what depends on
 * constants alone is computed, and arithmetic with constants becomes part of a layer.
 *
 * <p>To teach it a pattern of nodes that is one layer of ours: a method in {@link
 * org.convoy.onnx.importing.GraphImport}, and a test in {@code OnnxImporterTest}. Uses {@code
 * onnx.format}, {@code onnx.operator}, {@code nn}, {@code backend}, {@code tensor}.
 */
package org.convoy.onnx.importing;
