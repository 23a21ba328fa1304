/**
 * Networks of other programs, and ours for them, by way of ONNX (onnx.ai, the Open Neural Network
 * Exchange). {@link org.convoy.onnx.OnnxRunner} computes any graph whose operators are in the table
 * of {@code .operator}, through Convoy's layers where there are such, so that the tests of the ONNX
 * project check our layers from outside ({@link org.convoy.onnx.OnnxCheck}).
 *
 * <p>{@code .format} reads and writes the files, {@code .operator} says what operators mean. Uses
 * {@code nn}, {@code backend}, {@code tensor}, {@code random}, {@code description}.
 */
package org.convoy.onnx;
