/**
 * What happens to the parameters once a step's mean gradient is there: {@link
 * org.convoy.optim.GradientClipping}, the learning rate of the step ({@link
 * org.convoy.optim.LearningRate}) and the update itself ({@link org.convoy.optim.Optimizer}, whose
 * numbers are an {@link org.convoy.optim.OptimizerState}).
 *
 * <p>To add an optimizer or a schedule: one record here, with a {@link
 * org.convoy.description.Default} for every component that has one, one line in {@link
 * org.convoy.optim.Optimizers} or {@link org.convoy.optim.LearningRates}, one line of samples in
 * {@code OptimizerContractTest} or {@code LearningRateContractTest}, which fail until it is there.
 * Arithmetic is the same on every machine: {@code StrictMath}, a fixed order, {@code Math.fma}
 * where a product is added. Uses {@code nn}, {@code tensor}, {@code description}.
 */
package org.convoy.optim;
