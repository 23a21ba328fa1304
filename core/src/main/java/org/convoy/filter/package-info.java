/**
 * Filters made by hand, as lectures show them before the first network: {@link
 * org.convoy.filter.Kernels} names their numbers and sources, {@link org.convoy.filter.ImageFilter}
 * passes one over a picture by the backend's convolution.
 *
 * <p>To add a kernel: a matrix in {@code Kernels}, or a record of options for a formula. Uses
 * {@code backend}, {@code image}, {@code tensor}, {@code description}.
 */
package org.convoy.filter;
