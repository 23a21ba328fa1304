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
import java.util.Map;
import java.util.Optional;
import org.convoy.description.DescriptionException.Problem;

/**
 * Makes values from plain ones. Whatever is wrong is collected on the way, and thrown together; the
 * places in an exception are seen from what was to be read, and completed further out.
 */
final class RecordReader {
  private final Map<Type, Registry<?>> registries;

  RecordReader(Map<Type, Registry<?>> registries) {
    this.registries = registries;
  }

  <T> T read(Registry<T> registry, Object described) {
    if (described instanceof String name) {
      return readNamed(registry, name, Map.of());
    }
    Map<String, Object> fields = new LinkedHashMap<>(mapOf(described));
    Object type = fields.remove(RecordCodec.TYPE);
    if (!(type instanceof String name)) {
      throw new DescriptionException(
          String.format(
              "expected a 'type' that is one of %s, got %s",
              String.join(", ", registry.names()), Json.kindOf(type)));
    }
    return readNamed(registry, name, fields);
  }

  private <T> T readNamed(Registry<T> registry, String name, Map<String, Object> fields) {
    Class<? extends T> type = registry.type(name);
    return registry.kind().cast(readRecord(type, fields, registry.preset(name)));
  }

  <R> R readRecord(Class<R> type, Map<String, Object> fields) {
    return readRecord(type, fields, Optional.empty());
  }

  /** What the fields leave out is taken from the preset, if there is one. */
  private <R> R readRecord(Class<R> type, Map<String, Object> fields, Optional<?> preset) {
    RecordComponent[] components = type.getRecordComponents();
    List<Problem> problems = new ArrayList<>(unknownNames(components, fields.keySet()));
    Object[] arguments = new Object[components.length];
    boolean complete = true;
    for (int i = 0; i < components.length; i++) {
      try {
        arguments[i] = readComponent(components[i], fields, preset);
      } catch (DescriptionException e) {
        problems.addAll(e.problems());
        // What the record itself refuses is to be heard as well.
        complete &= mayBeLeftOut(components[i]);
        arguments[i] = complete ? fallback(components[i]) : null;
      }
    }
    R value = complete ? construct(type, components, arguments, problems) : null;
    if (!problems.isEmpty()) {
      throw new DescriptionException(problems);
    }
    return value;
  }

  private static List<Problem> unknownNames(
      RecordComponent[] components, Collection<String> names) {
    List<String> known = Arrays.stream(components).map(RecordComponent::getName).toList();
    List<Problem> problems = new ArrayList<>();
    for (String name : names) {
      if (!known.contains(name)) {
        problems.add(
            new Problem(
                "",
                name,
                String.format(
                    "unknown key '%s'%s (known: %s)",
                    name, Nearest.suggestion(name, known), String.join(", ", known))));
      }
    }
    return problems;
  }

  private Object readComponent(
      RecordComponent component, Map<String, Object> fields, Optional<?> preset) {
    String name = component.getName();
    Type type = component.getGenericType();
    if (fields.containsKey(name)) {
      return inside(name, () -> readValue(type, onDefault(component, fields.get(name))));
    } else if (preset.isPresent()) {
      return RecordCodec.access(component, (Record) preset.get());
    } else if (!mayBeLeftOut(component)) {
      throw new DescriptionException("'" + name + "' is missing; expected " + expectation(type));
    }
    return fallback(component);
  }

  /** Fields without a type change the default, where the component has one of those. */
  private Object onDefault(RecordComponent component, Object described) {
    Default fallback = component.getAnnotation(Default.class);
    if (fallback == null
        || !registries.containsKey(component.getType())
        || !(described instanceof Map<?, ?> fields)
        || fields.containsKey(RecordCodec.TYPE)) {
      return described;
    }
    Object usual = Json.parse(fallback.value());
    Map<String, Object> changed =
        new LinkedHashMap<>(
            usual instanceof String name ? Map.of(RecordCodec.TYPE, name) : mapOf(usual));
    changed.putAll(mapOf(described));
    return changed;
  }

  private static boolean mayBeLeftOut(RecordComponent component) {
    return component.isAnnotationPresent(Default.class) || component.getType() == Optional.class;
  }

  /** What a component that may be left out takes then. */
  private Object fallback(RecordComponent component) {
    Default fallback = component.getAnnotation(Default.class);
    return fallback == null
        ? Optional.empty()
        : readValue(component.getGenericType(), Json.parse(fallback.value()));
  }

  /** Something that may be refused. */
  @FunctionalInterface
  interface Reading<T> {
    T read();
  }

  /** Completes the places of what is refused. */
  static <T> T inside(String place, Reading<T> reading) {
    try {
      return reading.read();
    } catch (DescriptionException e) {
      throw e.inside(place);
    }
  }

  private Object readValue(Type type, Object described) {
    if (type instanceof ParameterizedType generic) {
      Type element = boxless(generic.getActualTypeArguments()[0]);
      if (generic.getRawType() == Optional.class) {
        return Optional.ofNullable(described).map(value -> readValue(element, value));
      }
      return readList(element, described);
    }
    Class<?> raw = (Class<?>) type;
    if (Described.class.isAssignableFrom(raw)) {
      return parse(raw, described);
    } else if (registries.containsKey(raw)) {
      return read(registries.get(raw), described);
    } else if (raw.isEnum()) {
      return constant(raw, described);
    } else if (raw.isRecord()) {
      return readRecord(raw, mapOf(described));
    } else if (raw == boolean.class && described instanceof Boolean) {
      return described;
    } else if (raw == String.class && described instanceof String) {
      return described;
    } else if (raw.isPrimitive() && raw != boolean.class && described instanceof Number number) {
      return number(raw, number);
    }
    throw new DescriptionException(
        "expected " + expectation(raw) + ", got " + Json.kindOf(described));
  }

  private List<Object> readList(Type element, Object described) {
    if (!(described instanceof List<?> items)) {
      throw new DescriptionException("expected a list, got " + Json.kindOf(described));
    }
    List<Object> values = new ArrayList<>();
    List<Problem> problems = new ArrayList<>();
    for (int i = 0; i < items.size(); i++) {
      Object item = items.get(i);
      try {
        values.add(inside("[" + i + "]", () -> readValue(element, item)));
      } catch (DescriptionException e) {
        problems.addAll(e.problems());
      }
    }
    if (!problems.isEmpty()) {
      throw new DescriptionException(problems);
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
    } else if (type == Boolean.class) {
      return boolean.class;
    }
    return type;
  }

  private static Object number(Class<?> type, Number number) {
    double value = number.doubleValue();
    if (type == double.class) {
      return value;
    } else if (type == float.class) {
      return (float) value;
    } else if (value != StrictMath.rint(value)) {
      throw new DescriptionException("expected a whole number, got " + number);
    } else if (type == long.class) {
      return number.longValue();
    } else if (value < Integer.MIN_VALUE || value > Integer.MAX_VALUE) {
      throw new DescriptionException("number out of range: " + number);
    }
    return number.intValue();
  }

  private static String expectation(Type type) {
    if (type instanceof ParameterizedType) {
      return "a list";
    }
    Class<?> raw = (Class<?>) type;
    if (raw == boolean.class) {
      return "true or false";
    } else if (raw == String.class) {
      return "a text";
    } else if (raw == int.class || raw == long.class) {
      return "a whole number";
    } else if (raw.isPrimitive()) {
      return "a number";
    }
    String name = raw.getSimpleName();
    return ("AEIOU".indexOf(name.charAt(0)) < 0 ? "a " : "an ") + name;
  }

  private static Object constant(Class<?> type, Object described) {
    List<String> known = new ArrayList<>();
    for (Object candidate : type.getEnumConstants()) {
      String name = RecordCodec.nameOf((Enum<?>) candidate);
      if (name.equals(described)) {
        return candidate;
      }
      known.add(name);
    }
    throw new DescriptionException(
        "expected one of " + String.join(", ", known) + ", got " + Json.kindOf(described));
  }

  @SuppressWarnings("unchecked")
  private static Map<String, Object> mapOf(Object described) {
    if (!(described instanceof Map)) {
      throw new DescriptionException("expected named fields, got " + Json.kindOf(described));
    }
    return (Map<String, Object>) described;
  }

  private static Object parse(Class<?> type, Object described) {
    try {
      return type.getMethod("parse", Object.class).invoke(null, described);
    } catch (InvocationTargetException e) {
      throw refusal(e);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(
          type.getName() + " needs a public static parse(Object) to be Described", e);
    }
  }

  private static <R> R construct(
      Class<R> type, RecordComponent[] components, Object[] arguments, List<Problem> problems) {
    Class<?>[] types =
        Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
    try {
      Constructor<R> constructor = type.getDeclaredConstructor(types);
      constructor.setAccessible(true);
      return constructor.newInstance(arguments);
    } catch (InvocationTargetException e) {
      problems.addAll(refusal(e).problems());
      return null;
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("cannot construct " + type.getName(), e);
    }
  }

  private static DescriptionException refusal(InvocationTargetException e) {
    return e.getCause() instanceof DescriptionException refused
        ? refused
        : new DescriptionException(e.getCause().getMessage(), e.getCause());
  }
}
