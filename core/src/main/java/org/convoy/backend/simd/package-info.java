/**
 * The operations by the JDK's Vector API; the only package that sees {@code jdk.incubator.vector}.
 *
 * <p>Everything that takes time is a product of two matrices, computed tile by tile ({@link
 * org.convoy.backend.simd.WideTile}): up to twelve rows by two vectors of sums stay in registers
 * while the terms pass. The left factor is packed for its tiles; a table says where the right one's
 * terms lie ({@link org.convoy.backend.simd.Operand}), so that the same tiles multiply matrices,
 * convolve an image in place, and reduce over the positions of an image. A convolution's passes
 * forward and back to its input are the same {@link org.convoy.backend.Correlation}, computed in
 * the form that its geometry makes cheapest.
 *
 * <p>Traps that cost a factor of ten, because they put vectors on the heap: a species that is not a
 * constant; a helper that takes or returns vectors and is called from a large tile, where the JIT
 * compiler has stopped inlining all but the Vector API itself; masked stores on JDK 17; a method
 * called on a vector that came around a loop, whose class the compiler then takes from profiles
 * that a busy machine may not have gathered (see {@code Vectors.exact}; {@code -XX:Tier3DelayOn=0}
 * brings it about). After a change here run {@code KernelTable} of the benchmarks (core's
 * README.md).
 */
package org.convoy.backend.simd;
