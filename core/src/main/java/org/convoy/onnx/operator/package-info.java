/**
 * What ONNX's operators mean. {@link org.convoy.onnx.operator.Operators} is the one table: an
 * {@link org.convoy.onnx.operator.Operator} looks at a {@link org.convoy.onnx.operator.Call} and
 * answers with the Convoy layer that computes it ({@link org.convoy.onnx.operator.LayerCall}), or
 * with plain values where it only moves numbers about. Running a graph and importing it as a
 * network use the same answers.
 *
 * <p>To add an operator: a method in the class of its family, one line in that family's table, and
 * its tests of the ONNX suite in {@code OnnxSuiteTest}, which fails until they are listed. An
 * attribute that an operator does not ask for is an error, never ignored; what is not supported is
 * refused by {@link org.convoy.onnx.operator.Call#unsupported}.
 *
 * <p>Uses {@code onnx.format}, {@code nn}, {@code backend}, {@code tensor}.
 */
package org.convoy.onnx.operator;
