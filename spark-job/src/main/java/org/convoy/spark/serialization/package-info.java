/**
 * How our values travel between JVMs.
 *
 * <p>Convoy's jobs run with Kryo and {@code spark.kryo.registrationRequired}, so a class that
 * travels in an RDD, a broadcast or a result is listed in {@link
 * org.convoy.spark.serialization.ConvoyRegistrator}: a record with {@link
 * org.convoy.spark.serialization.RecordSerializer}, big arrays with a bulk serializer of their own.
 * The functions of a job travel by Java serialization, as always in Spark.
 */
package org.convoy.spark.serialization;
