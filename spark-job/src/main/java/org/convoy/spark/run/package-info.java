/**
 * Whole jobs: from options to a trained model, an evaluation or a scoring, and the records that
 * each leaves in its directory. The command line only reads arguments and prints what comes back.
 * Uses every package of {@code spark} but {@code cli}.
 */
package org.convoy.spark.run;
