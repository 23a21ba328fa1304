package org.convoy.spark.serialization;

import com.esotericsoftware.kryo.Kryo;
import org.apache.spark.serializer.KryoRegistrator;

/**
 * Everything that travels by Kryo. The order of the lines is the wire format between driver and
 * executors, which run the same jar, so it may change freely from version to version.
 */
public final class ConvoyRegistrator implements KryoRegistrator {
  @Override
  public void registerClasses(Kryo kryo) {
    registerSparkClasses(kryo);
  }

  private static void registerSparkClasses(Kryo kryo) {
    kryo.register(Object[].class);
  }
}
