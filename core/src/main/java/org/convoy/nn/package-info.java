/**
 * Networks: a graph of {@link org.convoy.nn.Layer} records ({@link org.convoy.nn.Network}), its
 * numbers ({@link org.convoy.nn.Parameters}, one flat vector) and the memory to run it ({@link
 * org.convoy.nn.Execution}; for training {@link org.convoy.nn.BatchGradient}, which lets a batch
 * pass in slices where it may) are three things.
 *
 * <p>To add a layer, loss or initializer: one record in {@code .layer}, {@code .loss} or {@code
 * .init}, one line in {@code Layers}, {@code Losses} or {@code Initializers}; the contract tests
 * run over the registries. Uses {@code backend}, {@code tensor}, {@code random}, {@code
 * description}.
 */
package org.convoy.nn;
