/**
 * What a job is told: a {@link org.convoy.spark.config.Recipe} (HOCON, with {@code key=value} from
 * the command line on top) becomes {@code JobOptions}, records in which each option has its name,
 * meaning, range and default in one place. Everything that is wrong is collected by {@link
 * org.convoy.spark.config.Problems} and reported at once.
 *
 * <p>To add an option: one component in a record here, with a {@link
 * org.convoy.spark.config.Meaning}; the table in the README follows, and a test says so. Uses
 * {@code input}, {@code storage} and core.
 */
package org.convoy.spark.config;
