/**
 * What happens to the parameters once a step's mean gradient is there: {@link
 * org.convoy.optim.GradientClipping}, the learning rate of the step ({@link
 * org.convoy.optim.LearningRate}), what is special to some parameters ({@link
 * org.convoy.optim.ParameterGroups}), the update itself ({@link org.convoy.optim.Optimizer}, whose
 * numbers are an {@link org.convoy.optim.OptimizerState}) and the average over many updates ({@link
 * org.convoy.optim.WeightAveraging}, whose numbers are a {@link org.convoy.optim.WeightAverage}).
 *
 * <p>To add an optimizer, a schedule or an average: one record here, with a {@link
 * org.convoy.description.Default} for every component that has one, one line in {@link
 * org.convoy.optim.Optimizers}, {@link org.convoy.optim.LearningRates} or {@link
 * org.convoy.optim.WeightAveragings}, one line of samples in {@code OptimizerContractTest}, {@code
 * LearningRateContractTest} or {@code WeightAveragingTest}, which fail until it is there.
 * Arithmetic is the same on every machine: {@code StrictMath}, a fixed order, {@code Math.fma}
 * where a product is added. Uses {@code nn}, {@code backend}, {@code tensor}, {@code description}.
 */
package org.convoy.optim;
