package org.convoy.spark.config;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.convoy.spark.storage.Storage;

/**
 * What a job was told: a recipe in HOCON, {@code key=value} from the command line on top of it, all
 * substitutions resolved. A run's {@code run.json} is a recipe too.
 */
public final class Recipe {
  private static final String RUN_RECORD = "run.json";
  private static final String RUN_OPTIONS = "options";

  private final Optional<String> location;
  private final Config config;
  private final Origins origins;

  private Recipe(Optional<String> location, Config config) {
    this.location = location;
    this.config = config;
    this.origins = new Origins(config.root(), location.orElse(Origins.COMMAND_LINE));
  }

  /**
   * A value alone, written as behind {@code key=} on the command line: a name, a number, or HOCON
   * in braces or brackets.
   *
   * @throws OptionsException if it cannot be read
   */
  public static Object parseValue(String text) {
    Config config = Overrides.apply(List.of("value=" + text), ConfigFactory.empty());
    return config.root().unwrapped().get("value");
  }

  /**
   * Reads a job's arguments: at most one recipe, and overrides.
   *
   * @throws OptionsException if a file or an argument cannot be read; the message says where
   */
  public static Recipe load(Storage storage, List<String> arguments) {
    List<String> locations = new ArrayList<>(arguments);
    locations.removeIf(Overrides::isOverride);
    if (locations.size() > 1) {
      throw new OptionsException(
          List.of(
              "expected one recipe and then key=value, got "
                  + String.join(" and ", locations)
                  + "; a recipe can include others"));
    }
    Optional<String> location = locations.stream().findFirst();
    List<String> overrides = arguments.stream().filter(Overrides::isOverride).toList();
    try {
      Config recipe = location.map(place -> parse(storage, place)).orElse(ConfigFactory.empty());
      Config resolved = Overrides.apply(overrides, recipe).resolve();
      return new Recipe(location, resolved);
    } catch (ConfigException e) {
      throw new OptionsException(explain(e, location.orElse(Origins.COMMAND_LINE)), e);
    }
  }

  private static Config parse(Storage storage, String location) {
    Config config = new RecipeFiles(storage).parse(location);
    return isRunRecord(location) ? config.getConfig(RUN_OPTIONS) : config;
  }

  private static boolean isRunRecord(String location) {
    return location.equals(RUN_RECORD) || location.endsWith("/" + RUN_RECORD);
  }

  private static String explain(ConfigException e, String shown) {
    if (e.origin() == null) {
      return shown + ": " + e.getMessage();
    }
    String message = e.getMessage();
    String prefix = e.origin().description() + ": ";
    Origins.Place place = new Origins(ConfigFactory.empty().root(), shown).place(e.origin());
    return place
        + ": "
        + (message.startsWith(prefix) ? message.substring(prefix.length()) : message);
  }

  /** What a run by this recipe is called: its file's name. */
  public String name() {
    String file = location.orElse("run").replaceFirst(".*/", "");
    return file.replaceFirst("\\.(conf|json)$", "");
  }

  /** The recipe's file as the user wrote it, if there is one. */
  public Optional<String> location() {
    return location;
  }

  /** All that was said, as plain values. */
  public Map<String, Object> values() {
    return config.root().unwrapped();
  }

  /** Whether anything but null was said about a key. */
  boolean says(String key) {
    return config.hasPath(key);
  }

  /** A collection of problems that knows where each value was written. */
  public Problems problems() {
    return new Problems(origins);
  }
}
