/**
 * Where pixels come from. A geometric operation is an {@link org.convoy.image.geometry.InverseMap}:
 * for a position in its output, the position in its input. Several of them become one {@link
 * org.convoy.image.geometry.GeometricStep} list, which {@link org.convoy.image.geometry.Resampler}
 * follows back to the source picture, so that pixels are interpolated once however many operations
 * there are. {@link org.convoy.image.geometry.BoxTracks} follows boxes the other way.
 *
 * <p>Coordinates are pixels, rows before columns; (0, 0) is the centre of the first pixel and
 * (height - 1, width - 1) that of the last. They are doubles, and every function is the same to the
 * last bit on every JVM.
 *
 * <p>To add an operation, write an {@code InverseMap}; nothing else needs to know of it. What it
 * says of itself makes it faster ({@code keepsPixels}, {@code keepsAxes}), lets pixels be averaged
 * where it shrinks ({@code near}) and boxes be exact ({@code projection}). May use {@code tensor}
 * and {@code image}.
 */
package org.convoy.image.geometry;
