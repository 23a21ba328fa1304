/**
 * What training makes small. Losses are sums over the examples of a batch, never means: the one
 * division by the number of examples happens where the sums of all shards meet.
 *
 * <p>To add one: a record that implements {@link org.convoy.nn.Loss}, one line in {@link
 * org.convoy.nn.loss.Losses}, one test of its own. Uses {@code nn}, {@code tensor}, {@code
 * description}.
 */
package org.convoy.nn.loss;
