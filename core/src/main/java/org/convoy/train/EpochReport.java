package org.convoy.train;

import java.util.Optional;

/**
 * What one epoch did.
 *
 * @param epoch counted from 0
 * @param images number of images trained on
 * @param trainLoss mean loss over them, each before the update that it took part in
 * @param trainAccuracy share classified right in the same passes, 0..1; of mixed pictures, as the
 *     class of which they have more
 * @param learningRate that of the epoch's last step
 * @param scores on the test data after the epoch, if it was judged
 * @param seconds wall time of the steps, without the evaluation
 * @param timing where the steps' time went
 */
public record EpochReport(
    int epoch,
    int steps,
    long images,
    double trainLoss,
    double trainAccuracy,
    double learningRate,
    Optional<Scores> scores,
    double seconds,
    StepTiming timing) {}
