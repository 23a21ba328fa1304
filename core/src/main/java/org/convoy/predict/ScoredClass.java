package org.convoy.predict;

import java.io.Serializable;

/**
 * A class that an image may show.
 *
 * @param index number of the class
 * @param probability 0..1
 */
public record ScoredClass(int index, float probability) implements Serializable {}
