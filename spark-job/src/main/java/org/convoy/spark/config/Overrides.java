package org.convoy.spark.config;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigParseOptions;
import com.typesafe.config.ConfigSyntax;
import com.typesafe.config.ConfigUtil;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueFactory;
import java.util.List;
import java.util.regex.Pattern;

/**
 * {@code key=value} from the command line. A value that begins with a brace, a bracket, a quote or
 * a dollar sign is HOCON; any other is taken as it stands (a number, {@code true}, {@code false},
 * {@code null}, or a text), so that a URI needs no quotes.
 */
final class Overrides {
  private static final Pattern FORM = Pattern.compile("[A-Za-z][\\w.\\-]*\\+?=.*", Pattern.DOTALL);
  private static final Pattern WHOLE = Pattern.compile("-?\\d{1,18}");

  private static final Pattern DECIMAL = Pattern.compile("[-+]?[\\d.]+([eE][-+]?\\d+)?");
  private static final ConfigValue NULL = ConfigValueFactory.fromAnyRef(null);

  private Overrides() {}

  /** Whether an argument is an override and not a recipe. */
  static boolean isOverride(String argument) {
    return FORM.matcher(argument).matches();
  }

  /** The recipe's configuration with the overrides on top of it, later ones on top of earlier. */
  static Config apply(List<String> overrides, Config recipe) {
    Config result = recipe;
    for (String override : overrides) {
      int split = override.indexOf('=');
      String key = override.substring(0, split);
      Config layer = parse(override, key, override.substring(split + 1).strip());
      if (isTyped(layer, key)) {
        // A thing of its own: what the recipe says of another there must not show through.
        layer = layer.withFallback(NULL.atPath(key));
      }
      result = layer.withFallback(result);
    }
    return result;
  }

  private static boolean isTyped(Config layer, String key) {
    ConfigValue value = layer.root();
    for (String name : key.endsWith("+") ? List.<String>of() : ConfigUtil.splitPath(key)) {
      value = value instanceof ConfigObject object ? object.get(name) : null;
    }
    return value instanceof ConfigObject object && object.containsKey("type");
  }

  private static Config parse(String override, String key, String value) {
    try {
      if (key.endsWith("+") || value.matches("(?s)[{\\[\"$].*")) {
        return ConfigFactory.parseString(
            override,
            ConfigParseOptions.defaults()
                .setSyntax(ConfigSyntax.CONF)
                .setOriginDescription(Origins.COMMAND_LINE));
      }
      return ConfigValueFactory.fromAnyRef(scalar(value), Origins.COMMAND_LINE).atPath(key);
    } catch (ConfigException e) {
      throw new OptionsException(
          Origins.COMMAND_LINE + ": cannot read " + override + ": " + e.getMessage(), e);
    }
  }

  private static Object scalar(String text) {
    return switch (text) {
      case "true", "false" -> Boolean.valueOf(text);
      case "null" -> null;
      default -> WHOLE.matcher(text).matches() ? (Object) Long.valueOf(text) : decimal(text);
    };
  }

  private static Object decimal(String text) {
    try {
      return DECIMAL.matcher(text).matches() ? (Object) Double.valueOf(text) : text;
    } catch (NumberFormatException e) {
      return text;
    }
  }
}
