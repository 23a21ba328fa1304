package org.convoy.backend.simd;

/**
 * Tiles of all channels between {@link org.convoy.backend.Winograd}'s transforms: sixteen planes,
 * one a product, of a line of tiles for each channel.
 *
 * @param pitch distance of channels
 * @param plane distance of planes
 */
record TransformedTiles(float[] data, int pitch, int plane) {}
