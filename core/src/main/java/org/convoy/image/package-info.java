/**
 * Pictures outside of tensors: their sizes, pixels and shapes. {@code .geometry} moves pixels, by
 * maps from output coordinates to input coordinates; {@code .codec} reads files.
 *
 * <p>May use {@code tensor} and {@code description}. Everything here is a pure function, and safe
 * on a machine without a display.
 */
package org.convoy.image;
