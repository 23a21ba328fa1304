/**
 * Spark for tests: a shared local context ({@link org.convoy.spark.testing.SparkTest}), other
 * layouts of the same work ({@link org.convoy.spark.testing.SparkLayouts}), and a real standalone
 * cluster of separate JVMs whose executors can be killed ({@link
 * org.convoy.spark.testing.StandaloneCluster}).
 */
package org.convoy.spark.testing;
