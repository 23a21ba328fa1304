/**
 * What a step will cost on a cluster that is not there: {@link org.convoy.spark.plan.StepModel}
 * adds up what each part of a step moves and computes, at the rates of {@link
 * org.convoy.spark.plan.Costs}. Plain arithmetic; uses nothing else but the bounds by which {@code
 * training} cuts.
 */
package org.convoy.spark.plan;
