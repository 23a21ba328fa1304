package org.convoy.train;

/**
 * An {@link Evaluation} in a few numbers.
 *
 * @param examples images judged
 * @param accuracy share of them whose largest output was that of their class, 0..1
 * @param loss mean over them
 * @param topK the k of top-k
 * @param topKAccuracy share of images whose class was among the k largest outputs, 0..1
 */
public record Scores(long examples, double accuracy, double loss, int topK, double topKAccuracy) {}
