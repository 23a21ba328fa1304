package org.convoy.spark.wire;

import com.esotericsoftware.kryo.Kryo;
import com.esotericsoftware.kryo.KryoException;
import com.esotericsoftware.kryo.Serializer;
import com.esotericsoftware.kryo.io.Input;
import com.esotericsoftware.kryo.io.Output;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.ObjectStreamClass;

/**
 * Carries descriptions (networks, pipelines) inside Kryo by Java serialization, which knows records
 * and the JDK's immutable lists. For what travels once a run, not for what travels every step.
 *
 * @param <T> serializable
 */
public final class JavaBytesSerializer<T> extends Serializer<T> {

  @Override
  public void write(Kryo kryo, Output output, T value) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream objects = new ObjectOutputStream(bytes)) {
      objects.writeObject(value);
    } catch (IOException e) {
      throw new KryoException("cannot serialize a " + value.getClass().getName(), e);
    }
    output.writeInt(bytes.size());
    output.writeBytes(bytes.toByteArray());
  }

  @Override
  public T read(Kryo kryo, Input input, Class<T> type) {
    byte[] bytes = input.readBytes(input.readInt());
    ClassLoader loader = kryo.getClassLoader();
    try (ObjectInputStream objects =
        new LoaderInputStream(new ByteArrayInputStream(bytes), loader)) {
      return type.cast(objects.readObject());
    } catch (IOException | ClassNotFoundException e) {
      throw new KryoException("cannot read a " + type.getName(), e);
    }
  }

  /** Finds classes where Kryo does: on executors the application's jar has a loader of its own. */
  private static final class LoaderInputStream extends ObjectInputStream {
    private final ClassLoader loader;

    LoaderInputStream(InputStream in, ClassLoader loader) throws IOException {
      super(in);
      this.loader = loader;
    }

    @Override
    protected Class<?> resolveClass(ObjectStreamClass description)
        throws IOException, ClassNotFoundException {
      try {
        return Class.forName(description.getName(), false, loader);
      } catch (ClassNotFoundException e) {
        return super.resolveClass(description);
      }
    }
  }
}
