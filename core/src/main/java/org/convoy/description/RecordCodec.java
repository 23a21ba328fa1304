package org.convoy.description;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Records to and from maps of plain values, component by component. A component is a primitive, a
 * {@code String}, an enum (written {@code lower-case}), a {@link Described} value, another record,
 * an interface whose {@link Registry} this codec was given (written {@code {type: NAME, …}}, or
 * {@code NAME} alone where nothing else needs saying), or a {@code List} or an {@code Optional} of
 * these.
 *
 * <p>A component that a description leaves out takes what the name's {@link Registry#preset} has,
 * or else its {@link Default}; an {@code Optional} is empty, and anything else is required. Where a
 * registered default is described without a {@code type}, what is said changes the default. Names
 * that no component has are refused, with the nearest one named. Whatever is wrong with a
 * description is reported at once.
 */
public final class RecordCodec {
  static final String TYPE = "type";

  private final Map<Type, Registry<?>> registries = new LinkedHashMap<>();
  private final RecordReader reader = new RecordReader(registries);

  /** Knows the kinds of the given interfaces; an interface's own registry comes first. */
  public RecordCodec(Collection<? extends Registry<?>> registries) {
    for (Registry<?> registry : registries) {
      this.registries.put(registry.kind(), registry);
    }
  }

  /** The value as a map with its registered name under {@code type}. */
  public <T> Map<String, Object> describe(Registry<T> registry, T value) {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put(TYPE, registry.nameOf(value));
    map.putAll(describeRecord((Record) value));
    return map;
  }

  /** All components of a record that hold something, in their order. */
  public Map<String, Object> describeRecord(Record value) {
    Map<String, Object> map = new LinkedHashMap<>();
    for (RecordComponent component : value.getClass().getRecordComponents()) {
      Object content = access(component, value);
      Type type = component.getGenericType();
      if (!(content instanceof Optional<?> optional)) {
        map.put(component.getName(), describeValue(type, content));
      } else if (optional.isPresent()) {
        map.put(component.getName(), describeValue(elementOf(type), optional.get()));
      }
    }
    return map;
  }

  /**
   * What {@link #describe} wrote, or a name alone.
   *
   * @param place where the description stands, for messages
   * @throws DescriptionException if it does not describe such a thing
   */
  public <T> T read(Registry<T> registry, Object described, String place) {
    return RecordReader.inside(place, () -> reader.read(registry, described));
  }

  /**
   * A record from its components by name.
   *
   * @throws DescriptionException if a name is unknown, a required one is missing, or a value is
   *     refused by the record
   */
  public <R> R readRecord(Class<R> type, Map<String, Object> fields, String place) {
    return RecordReader.inside(place, () -> reader.readRecord(type, fields));
  }

  private Object describeValue(Type declared, Object value) {
    if (value instanceof Described described) {
      return described.describe();
    } else if (value instanceof List<?> list) {
      List<Object> items = new ArrayList<>();
      for (Object item : list) {
        items.add(describeValue(elementOf(declared), item));
      }
      return items;
    } else if (value instanceof Enum<?> constant) {
      return nameOf(constant);
    } else if (registries.containsKey(declared)) {
      return describeUnchecked(registries.get(declared), value);
    } else if (value instanceof Record nested) {
      return describeRecord(nested);
    }
    return value;
  }

  private static Type elementOf(Type declared) {
    return ((ParameterizedType) declared).getActualTypeArguments()[0];
  }

  private <T> Map<String, Object> describeUnchecked(Registry<T> registry, Object value) {
    return describe(registry, registry.kind().cast(value));
  }

  static String nameOf(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  static Object access(RecordComponent component, Record value) {
    try {
      component.getAccessor().setAccessible(true);
      return component.getAccessor().invoke(value);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("cannot read " + component + " of " + value.getClass(), e);
    }
  }
}
