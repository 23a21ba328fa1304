/**
 * Operations of a backend as cases with a name, their operands and their work: enums of shapes, a
 * class with the calls for each kind of operation, and {@link org.convoy.bench.kernel.KernelTable},
 * which measures them quickly. JMH's benchmarks use the same cases.
 */
package org.convoy.bench.kernel;
