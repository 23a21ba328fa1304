/**
 * JMH benchmarks of kernels and of single layers, with the cases of {@code kernel}. {@link
 * org.convoy.bench.jmh.JmhTable} runs them with JMH's own options and prints what JMH does not:
 * GFLOP/s and the share of the peak, which {@link org.convoy.bench.jmh.RateProfiler} measures in
 * the same JVM around every iteration.
 */
package org.convoy.bench.jmh;
