/**
 * Well-known networks by name. A model is a record of options that builds a {@link
 * org.convoy.nn.Network} for an input shape and a number of classes.
 *
 * <p>To add one: a record that implements {@link org.convoy.model.Model}, its layers named as
 * PyTorch's users would name them, one line in {@link org.convoy.model.Models} and one for each
 * preset of its options, the paper's numbers in {@code ModelExamples}. {@code ModelContractTest},
 * {@code ModelGradientTest} and {@code ModelTrainingTest} then check it. Uses {@code nn}, {@code
 * tensor}, {@code description}.
 */
package org.convoy.model;
