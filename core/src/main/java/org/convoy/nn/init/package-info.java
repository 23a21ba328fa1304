/**
 * What parameters are before the first step: pure functions of a key and an element's index, so
 * that a network is initialized alike on every machine.
 *
 * <p>To add one: a record that implements {@link org.convoy.nn.Initializer}, one line in {@link
 * org.convoy.nn.init.Initializers}, one line in {@code InitializersTest}. Uses {@code nn}, {@code
 * filter}, {@code tensor}, {@code random}, {@code description}.
 */
package org.convoy.nn.init;
