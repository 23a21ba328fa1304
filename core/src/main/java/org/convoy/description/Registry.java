package org.convoy.description;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The named kinds of one open interface, each a record: what is registered can be written in a
 * recipe or a model file as {@code {type: NAME, …}}. A {@link #preset} is another name for a record
 * with other defaults.
 *
 * @param <T> the interface
 */
public final class Registry<T> {
  private final Class<T> kind;
  private final String noun;
  private final Map<String, Class<? extends T>> types = new LinkedHashMap<>();
  private final Map<Class<?>, String> names = new LinkedHashMap<>();
  private final Map<String, T> presets = new LinkedHashMap<>();

  /**
   * @param noun what messages call one of these, such as {@code layer}
   */
  public Registry(Class<T> kind, String noun) {
    this.kind = kind;
    this.noun = noun;
  }

  /**
   * Adds a record class under a name.
   *
   * @throws IllegalArgumentException if the name or the class is there already, or the class is no
   *     record
   */
  public Registry<T> add(String name, Class<? extends T> type) {
    if (!type.isRecord()) {
      throw new IllegalArgumentException(type.getName() + " must be a record to be a " + noun);
    }
    if (types.containsKey(name) || names.containsKey(type)) {
      throw alreadyRegistered(name, type);
    }
    types.put(name, type);
    names.put(type, name);
    return this;
  }

  /**
   * Adds a name that stands for one value: what a description leaves out is taken from it.
   *
   * @throws IllegalArgumentException if the name is there already, or the value's class is not
   */
  public Registry<T> preset(String name, T value) {
    Class<? extends T> type = types.get(nameOf(value));
    if (types.containsKey(name)) {
      throw alreadyRegistered(name, type);
    }
    types.put(name, type);
    presets.put(name, value);
    return this;
  }

  private IllegalArgumentException alreadyRegistered(String name, Class<?> type) {
    return new IllegalArgumentException(
        noun + " '" + name + "' (" + type.getName() + ") is registered already");
  }

  /** The interface whose kinds these are. */
  public Class<T> kind() {
    return kind;
  }

  /** All names, those of presets among them, in the order of registration. */
  public Set<String> names() {
    return Collections.unmodifiableSet(types.keySet());
  }

  /** The value that a name stands for, if it is that of a preset. */
  public Optional<T> preset(String name) {
    return Optional.ofNullable(presets.get(name));
  }

  /** All record classes by name, in the order of registration; presets name one again. */
  public Map<String, Class<? extends T>> types() {
    return Collections.unmodifiableMap(types);
  }

  /**
   * The record class of a name.
   *
   * @throws DescriptionException if the name is unknown; the message names the nearest
   */
  public Class<? extends T> type(String name) {
    Class<? extends T> type = types.get(name);
    if (type == null) {
      throw new DescriptionException(
          "unknown "
              + noun
              + " '"
              + name
              + "'"
              + Nearest.suggestion(name, types.keySet())
              + " (known: "
              + String.join(", ", types.keySet())
              + ")");
    }
    return type;
  }

  /**
   * The name of a record's class, never that of a preset.
   *
   * @throws IllegalArgumentException if its class is not registered
   */
  public String nameOf(T value) {
    String name = names.get(value.getClass());
    if (name == null) {
      throw new IllegalArgumentException(
          value.getClass().getName() + " is not registered as a " + noun + "; add it there");
    }
    return name;
  }
}
