/**
 * Picture files to pixels: {@link org.convoy.image.codec.PictureDecoder} reads JPEG, PNG, GIF, BMP,
 * TIFF and WebP, without the JDK's own readers, so that pixels are the same on every JVM. A file is
 * never trusted: its kind is told by its content, its sizes are checked before anything of that
 * size is allocated, and a damaged or truncated file is refused with the reason rather than shown
 * half.
 *
 * <p>To add a format: write an {@link org.convoy.image.ImageDecoder}, or a decoder beside those
 * here and its first bytes in {@code FileKind}. May use {@code image}, {@code tensor}, and
 * libraries that read image formats (TwelveMonkeys' for WebP).
 */
package org.convoy.image.codec;
