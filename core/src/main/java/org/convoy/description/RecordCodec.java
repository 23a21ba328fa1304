package org.convoy.description;

import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Records to and from maps of plain values, component by component. A component is a primitive, a
 * {@code String}, an enum (written {@code lower-case}), a {@code List}, a {@link Described} value,
 * another record, or an interface whose {@link Registry} this codec was given (written {@code
 * {type: NAME, …}}, or {@code NAME} alone where nothing else needs saying).
 *
 * <p>A component that a description leaves out takes its {@link Default}; without one it is
 * required. Names that no component has are refused, with the nearest one named.
 */
public final class RecordCodec {
  private static final String TYPE = "type";

  private final Map<Class<?>, Registry<?>> registries = new LinkedHashMap<>();

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

  /** All components of a record, in their order. */
  public Map<String, Object> describeRecord(Record value) {
    Map<String, Object> map = new LinkedHashMap<>();
    for (RecordComponent component : value.getClass().getRecordComponents()) {
      map.put(component.getName(), describeValue(component.getType(), access(component, value)));
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
    if (described instanceof String name) {
      return registry.kind().cast(readRecord(typeOf(registry, name, place), Map.of(), place));
    }
    Map<String, Object> fields = new LinkedHashMap<>(mapOf(described, place));
    Object type = fields.remove(TYPE);
    if (!(type instanceof String name)) {
      throw new DescriptionException(
          place
              + ": expected a 'type' that is one of "
              + String.join(", ", registry.names())
              + ", got "
              + Json.kindOf(type));
    }
    return registry.kind().cast(readRecord(typeOf(registry, name, place), fields, place));
  }

  /**
   * A record from its components by name.
   *
   * @throws DescriptionException if a name is unknown, a required one is missing, or a value is
   *     refused by the record
   */
  public <R> R readRecord(Class<R> type, Map<String, Object> fields, String place) {
    RecordComponent[] components = type.getRecordComponents();
    List<String> known = Arrays.stream(components).map(RecordComponent::getName).toList();
    for (String name : fields.keySet()) {
      if (!known.contains(name)) {
        throw new DescriptionException(
            place
                + ": unknown key '"
                + name
                + "'"
                + Nearest.suggestion(name, known)
                + " (known: "
                + String.join(", ", known)
                + ")");
      }
    }
    Object[] arguments = new Object[components.length];
    for (int i = 0; i < components.length; i++) {
      RecordComponent component = components[i];
      String where = place + "." + component.getName();
      arguments[i] = readValue(component.getGenericType(), given(component, fields, place), where);
    }
    return construct(type, components, arguments, place);
  }

  private Object given(RecordComponent component, Map<String, Object> fields, String place) {
    if (fields.containsKey(component.getName())) {
      return fields.get(component.getName());
    }
    Default fallback = component.getAnnotation(Default.class);
    if (fallback == null) {
      throw new DescriptionException(place + ": '" + component.getName() + "' is missing");
    }
    return Json.parse(fallback.value());
  }

  private static <T> Class<? extends T> typeOf(Registry<T> registry, String name, String place) {
    try {
      return registry.type(name);
    } catch (DescriptionException e) {
      throw new DescriptionException(place + ": " + e.getMessage(), e);
    }
  }

  private Object describeValue(Class<?> declared, Object value) {
    if (value instanceof Described described) {
      return described.describe();
    } else if (value instanceof List<?> list) {
      List<Object> items = new ArrayList<>();
      for (Object item : list) {
        items.add(describeValue(item.getClass(), item));
      }
      return items;
    } else if (value instanceof Enum<?> constant) {
      return nameOf(constant);
    }
    Registry<?> registry = registryOf(declared, value);
    if (registry != null) {
      return describeUnchecked(registry, value);
    } else if (value instanceof Record nested) {
      return describeRecord(nested);
    }
    return value;
  }

  private Registry<?> registryOf(Class<?> declared, Object value) {
    Registry<?> exact = registries.get(declared);
    if (exact != null || !(value instanceof Record)) {
      return exact;
    }
    return registries.values().stream()
        .filter(registry -> registry.types().containsValue(value.getClass()))
        .findFirst()
        .orElse(null);
  }

  private <T> Map<String, Object> describeUnchecked(Registry<T> registry, Object value) {
    return describe(registry, registry.kind().cast(value));
  }

  private Object readValue(Type type, Object described, String place) {
    if (type instanceof ParameterizedType list && list.getRawType() == List.class) {
      return readList(list.getActualTypeArguments()[0], described, place);
    }
    Class<?> raw = (Class<?>) type;
    if (Described.class.isAssignableFrom(raw)) {
      return parse(raw, described, place);
    } else if (registries.containsKey(raw)) {
      return read(registries.get(raw), described, place);
    } else if (raw.isEnum()) {
      return constant(raw, described, place);
    } else if (raw.isRecord()) {
      return readRecord(raw, mapOf(described, place), place);
    } else if (raw == boolean.class && described instanceof Boolean) {
      return described;
    } else if (raw == String.class && described instanceof String) {
      return described;
    } else if (raw.isPrimitive() && raw != boolean.class && described instanceof Number number) {
      return number(raw, number, place);
    }
    throw new DescriptionException(
        place + ": expected " + expectation(raw) + ", got " + Json.kindOf(described));
  }

  private List<Object> readList(Type element, Object described, String place) {
    if (!(described instanceof List<?> items)) {
      throw new DescriptionException(place + ": expected a list, got " + Json.kindOf(described));
    }
    List<Object> values = new ArrayList<>();
    for (int i = 0; i < items.size(); i++) {
      values.add(readValue(boxless(element), items.get(i), place + "[" + i + "]"));
    }
    return List.copyOf(values);
  }

  private static Type boxless(Type type) {
    if (type == Integer.class) {
      return int.class;
    } else if (type == Long.class) {
      return long.class;
    } else if (type == Double.class) {
      return double.class;
    } else if (type == Float.class) {
      return float.class;
    }
    return type;
  }

  private static Object number(Class<?> type, Number number, String place) {
    double value = number.doubleValue();
    if (type == double.class) {
      return value;
    } else if (type == float.class) {
      return (float) value;
    } else if (value != StrictMath.rint(value)) {
      throw new DescriptionException(place + ": expected a whole number, got " + number);
    } else if (type == long.class) {
      return number.longValue();
    } else if (value < Integer.MIN_VALUE || value > Integer.MAX_VALUE) {
      throw new DescriptionException(place + ": number out of range: " + number);
    }
    return number.intValue();
  }

  private static String expectation(Class<?> type) {
    if (type == boolean.class) {
      return "true or false";
    } else if (type == String.class) {
      return "a text";
    } else if (type == int.class || type == long.class) {
      return "a whole number";
    } else if (type.isPrimitive()) {
      return "a number";
    }
    return "a " + type.getSimpleName();
  }

  private static Object constant(Class<?> type, Object described, String place) {
    List<String> known = new ArrayList<>();
    for (Object candidate : type.getEnumConstants()) {
      String name = nameOf((Enum<?>) candidate);
      if (name.equals(described)) {
        return candidate;
      }
      known.add(name);
    }
    throw new DescriptionException(
        place
            + ": expected one of "
            + String.join(", ", known)
            + ", got "
            + Json.kindOf(described));
  }

  private static String nameOf(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  @SuppressWarnings("unchecked")
  private static Map<String, Object> mapOf(Object described, String place) {
    if (!(described instanceof Map)) {
      throw new DescriptionException(
          place + ": expected named fields, got " + Json.kindOf(described));
    }
    return (Map<String, Object>) described;
  }

  private static Object access(RecordComponent component, Record value) {
    try {
      component.getAccessor().setAccessible(true);
      return component.getAccessor().invoke(value);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("cannot read " + component + " of " + value.getClass(), e);
    }
  }

  private static Object parse(Class<?> type, Object described, String place) {
    try {
      return type.getMethod("parse", Object.class).invoke(null, described);
    } catch (InvocationTargetException e) {
      throw new DescriptionException(place + ": " + e.getCause().getMessage(), e.getCause());
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(
          type.getName() + " needs a public static parse(Object) to be Described", e);
    }
  }

  private static <R> R construct(
      Class<R> type, RecordComponent[] components, Object[] arguments, String place) {
    Class<?>[] types =
        Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
    try {
      Constructor<R> constructor = type.getDeclaredConstructor(types);
      constructor.setAccessible(true);
      return constructor.newInstance(arguments);
    } catch (InvocationTargetException e) {
      throw new DescriptionException(place + ": " + e.getCause().getMessage(), e.getCause());
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("cannot construct " + type.getName(), e);
    }
  }
}
