/**
 * The layers, each a record that names its options as PyTorch does.
 *
 * <p>To add one: a record that implements {@link org.convoy.nn.SingleInputLayer} or {@link
 * org.convoy.nn.Layer}, with {@link org.convoy.description.Default} on optional components; one
 * line in {@link org.convoy.nn.layer.Layers}; its examples in {@code LayerExamples} and its formula
 * in {@code DoubleReferences}, both in the test tree. {@code LayerContractTest} then checks shape,
 * values, gradients, batches, serialization and description on every backend. A layer that looks
 * across the batch says so by {@link org.convoy.nn.Layer#mixesBatch}.
 *
 * <p>Sums are made in an order that the class states and that does not depend on the batch; what
 * takes time is an operation of {@link org.convoy.backend.Backend}. Uses {@code nn}, {@code
 * nn.init}, {@code backend}, {@code tensor}, {@code random}, {@code description}.
 */
package org.convoy.nn.layer;
