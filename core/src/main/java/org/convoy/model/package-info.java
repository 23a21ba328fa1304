/**
 * Well-known networks by name. A model is a record of options that builds a {@link
 * org.convoy.nn.Network} for an input shape and a number of classes.
 *
 * <p>To add one: a record that implements {@link org.convoy.model.Model}, its layers named as
 * PyTorch's users would name them, one line in {@link org.convoy.model.Models}, the paper's numbers
 * in {@code ModelContractTest}. Uses {@code nn}, {@code tensor}, {@code description}.
 */
package org.convoy.model;
