/**
 * The operations that take the time, and their implementations: plain loops ({@code .scalar}, the
 * oracle) and the JDK's Vector API ({@code .simd}, the only package that sees it). Both give the
 * same bits: every output element is one chain of fused multiply-adds over the reduction index in
 * ascending order, or a reduction over 16 logical lanes; only which outputs are computed side by
 * side differs.
 *
 * <p>To add an operation: declare it in {@link org.convoy.backend.Backend} with its order of
 * summation, write the plain loop, then the fast one, and extend {@code BackendAgreementTest}. Uses
 * {@code tensor}.
 */
package org.convoy.backend;
