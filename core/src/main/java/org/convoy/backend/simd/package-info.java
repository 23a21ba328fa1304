/**
 * The operations by the JDK's Vector API; the only package that sees {@code jdk.incubator.vector}.
 *
 * <p>Everything that takes time is a product of two matrices, computed tile by tile ({@link
 * org.convoy.backend.simd.WideTile}): up to eight rows by two vectors of sums stay in registers
 * while the terms pass. Tables say where a term's factors lie ({@link
 * org.convoy.backend.simd.Operand}), so that the same tiles multiply packed matrices, convolve an
 * image in place, and reduce over the positions of an image.
 *
 * <p>Traps that cost a factor of ten, because they put vectors on the heap: a species that is not a
 * constant; a helper that takes or returns vectors and is called from a large tile, where the JIT
 * compiler has stopped inlining all but the Vector API itself; masked stores on JDK 17. After a
 * change here run {@code KernelTable} of the benchmarks (core's README.md).
 */
package org.convoy.backend.simd;
