/**
 * Whole iterations of training and of scoring, as a user's time is spent: {@link
 * org.convoy.bench.step.StepTable} measures the workloads of {@link
 * org.convoy.bench.step.Workloads}, or any model, and shows which layers take the time.
 */
package org.convoy.bench.step;
