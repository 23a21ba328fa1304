package org.convoy.train;

import java.io.Serializable;

/**
 * One update of the parameters: the images at positions {@code from}..{@code to}-1 of an epoch.
 *
 * @param epoch counted from 0
 * @param index number of the step in its epoch, counted from 0
 * @param from first position, see {@link org.convoy.data.EpochOrder}
 * @param to position behind the last
 */
public record Step(int epoch, int index, long from, long to) implements Serializable {}
