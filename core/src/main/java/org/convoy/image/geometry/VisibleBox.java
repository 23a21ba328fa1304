package org.convoy.image.geometry;

import org.convoy.image.Box;

/**
 * What has become of a box in a picture.
 *
 * @param box around all of it that is visible, inside of the result; of no area where nothing is
 * @param visible share of the box's own pixels that the result shows, in [0, 1]
 */
public record VisibleBox(Box box, double visible) {}
