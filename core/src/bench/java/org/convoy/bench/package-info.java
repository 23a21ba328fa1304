/**
 * Benchmarks, compiled by the Maven profile {@code bench} alone; core's README.md tells how to run
 * them.
 *
 * <ul>
 *   <li>{@code .step.StepTable}: whole training steps and scoring, with the share of every layer
 *   <li>{@code .kernel.KernelTable}: one backend's operations by processor time, in seconds
 *   <li>{@code .jmh.JmhTable}: kernels and layers by JMH, with its statistics and profilers
 * </ul>
 *
 * <p>All of them state speed as a share of the multiply-add peak ({@link org.convoy.bench.FmaPeak})
 * that the same run measured meanwhile. Cases of kernels are shared: {@code .kernel} holds their
 * shapes and calls. {@code .peak} alone is compiled against the Vector API.
 */
package org.convoy.bench;
