package org.convoy.image.geometry;

/**
 * One of several geometric operations on a picture.
 *
 * @param map from this step's output to its input
 * @param border what this step sees beyond its input's edge
 * @param inputHeight rows of its input
 * @param inputWidth columns of its input
 */
public record GeometricStep(InverseMap map, Border border, int inputHeight, int inputWidth) {}
