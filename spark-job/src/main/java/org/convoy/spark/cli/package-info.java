/**
 * The command line: {@link org.convoy.spark.cli.Convoy} and a class for each command. Commands hold
 * no logic: they read arguments, call {@code config} and {@code run}, and print what comes back.
 * Whatever goes wrong becomes a message and an exit status in {@link
 * org.convoy.spark.cli.Failures}.
 */
package org.convoy.spark.cli;
