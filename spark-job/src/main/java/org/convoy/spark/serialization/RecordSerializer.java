package org.convoy.spark.serialization;

import com.esotericsoftware.kryo.Kryo;
import com.esotericsoftware.kryo.KryoException;
import com.esotericsoftware.kryo.Serializer;
import com.esotericsoftware.kryo.io.Input;
import com.esotericsoftware.kryo.io.Output;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;

/**
 * Writes a record by its accessors and reads it through its canonical constructor, which checks the
 * values again. Spark's Kryo 4 knows no records: its field serializer cannot set their final
 * fields.
 *
 * @param <T> the record; what its components refer to must be registered too
 */
public final class RecordSerializer<T extends Record> extends Serializer<T> {
  private final Class<T> type;
  private final Class<?>[] componentTypes;
  private final Method[] accessors;
  private final Constructor<T> constructor;

  public RecordSerializer(Class<T> type) {
    super(/* acceptsNull= */ false, /* immutable= */ true);
    this.type = type;
    RecordComponent[] components = type.getRecordComponents();
    if (components == null) {
      throw new IllegalArgumentException(
          "RecordSerializer: expected a record class, got " + type.getName());
    }
    componentTypes =
        Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
    accessors = Arrays.stream(components).map(RecordComponent::getAccessor).toArray(Method[]::new);
    try {
      constructor = type.getDeclaredConstructor(componentTypes);
    } catch (NoSuchMethodException e) {
      throw new IllegalStateException(type.getName() + " lost its canonical constructor", e);
    }
    constructor.setAccessible(true);
    for (Method accessor : accessors) {
      accessor.setAccessible(true);
    }
  }

  @Override
  public void write(Kryo kryo, Output output, T value) {
    for (int i = 0; i < accessors.length; i++) {
      Object component = component(value, accessors[i]);
      // A primitive's class is known and it is never null: no class number on the wire.
      if (componentTypes[i].isPrimitive()) {
        kryo.writeObject(output, component);
      } else {
        kryo.writeClassAndObject(output, component);
      }
    }
  }

  @Override
  public T read(Kryo kryo, Input input, Class<T> readType) {
    Object[] components = new Object[componentTypes.length];
    for (int i = 0; i < components.length; i++) {
      components[i] =
          componentTypes[i].isPrimitive()
              ? kryo.readObject(input, componentTypes[i])
              : kryo.readClassAndObject(input);
    }
    try {
      return constructor.newInstance(components);
    } catch (InvocationTargetException e) {
      throw new KryoException(
          type.getName()
              + ": its constructor refused what was read, "
              + Arrays.toString(components)
              + ": "
              + e.getCause().getMessage(),
          e.getCause());
    } catch (ReflectiveOperationException e) {
      throw new KryoException(type.getName() + ": cannot be constructed", e);
    }
  }

  private Object component(T value, Method accessor) {
    try {
      return accessor.invoke(value);
    } catch (InvocationTargetException e) {
      throw new KryoException(
          type.getName() + "." + accessor.getName() + "() failed: " + e.getCause(), e.getCause());
    } catch (IllegalAccessException e) {
      throw new KryoException(type.getName() + "." + accessor.getName() + "() is not open", e);
    }
  }
}
