/**
 * The IDX format of MNIST and Fashion-MNIST (LeCun, Cortes and Burges, "The MNIST database of
 * handwritten digits"): a header of big-endian numbers, then unsigned bytes. Images and labels lie
 * in files of their own, in the same order. Readers go through a file once, can skip, and hold one
 * item.
 *
 * <p>Uses {@code data} and {@code tensor}.
 */
package org.convoy.data.idx;
