/**
 * Values and serializers for what travels between driver and executors: blocks of floats each step,
 * descriptions once a run. Registered in {@code ConvoyRegistrator}. Uses the core alone.
 */
package org.convoy.spark.wire;
