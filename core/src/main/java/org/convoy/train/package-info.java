/**
 * Training, wherever it runs: what one step computes ({@link org.convoy.train.ShardGradient}), how
 * sums are grouped ({@link org.convoy.train.SumTree}), the loop over steps and epochs ({@link
 * org.convoy.train.Trainer}), what is learned of an image ({@link org.convoy.train.Objective}), and
 * what comes out ({@link org.convoy.train.Evaluation}). A cluster only supplies another {@link
 * org.convoy.train.GradientSource}; {@link org.convoy.train.LocalTrainer} is the same road in one
 * JVM. Uses {@code predict}, {@code data}, {@code model}, {@code optim} and what is below them.
 */
package org.convoy.train;
