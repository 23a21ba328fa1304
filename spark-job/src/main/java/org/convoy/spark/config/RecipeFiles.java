package org.convoy.spark.config;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigIncludeContext;
import com.typesafe.config.ConfigIncluder;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigParseOptions;
import com.typesafe.config.ConfigSyntax;
import com.typesafe.config.ConfigUtil;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.hadoop.fs.Path;
import org.convoy.description.Nearest;
import org.convoy.spark.storage.Storage;

/**
 * Reads recipes and what they include, from any Hadoop file system. {@code ${here}} in a file
 * stands for that file's own folder, wherever it is included from.
 */
final class RecipeFiles {
  private static final int LARGEST_BYTES = 1 << 20;

  /** Quoted texts and comments are stepped over. */
  private static final Pattern HERE =
      Pattern.compile("\"(?:[^\"\\\\\\n]|\\\\.)*\"|#[^\\n]*|//[^\\n]*|(\\$\\{here\\})");

  private final Storage storage;

  RecipeFiles(Storage storage) {
    this.storage = storage;
  }

  /**
   * Parses a file; substitutions are not resolved yet.
   *
   * @param location as the user wrote it: a URI, else a local file where there is one, else a file
   *     of the default file system
   */
  Config parse(String location) {
    return parse(locate(location), location, List.of());
  }

  private Path locate(String location) {
    File local = new File(location);
    try {
      return storage.resolve(
          local.isFile() ? "file:" + local.toPath().toAbsolutePath().normalize() : location);
    } catch (IOException e) {
      throw new OptionsException("recipe " + location + ": " + e.getMessage(), e);
    }
  }

  private Config parse(Path file, String shown, List<Path> includedBy) {
    String text = bindHere(read(file, shown), file.getParent());
    Includer includer =
        new Includer(file, shown, Stream.concat(includedBy.stream(), Stream.of(file)).toList());
    return ConfigFactory.parseString(
        text,
        ConfigParseOptions.defaults()
            .setSyntax(ConfigSyntax.CONF)
            .setOriginDescription(shown)
            .setIncluder(includer));
  }

  private String read(Path file, String shown) {
    try {
      if (!storage.exists(file)) {
        throw new OptionsException(
            List.of("recipe " + shown + ": there is no file " + file + suggestion(file)));
      }
      return new String(storage.read(file, LARGEST_BYTES), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new OptionsException("recipe " + shown + " cannot be read: " + e.getMessage(), e);
    }
  }

  private String suggestion(Path file) throws IOException {
    if (file.getParent() == null || !storage.exists(file.getParent())) {
      return "";
    }
    List<String> present =
        storage.list(file.getParent()).stream()
            .map(status -> status.getPath().getName())
            .filter(name -> name.endsWith(".conf"))
            .toList();
    return Nearest.suggestion(file.getName(), present);
  }

  private static String bindHere(String text, Path folder) {
    String quoted = Matcher.quoteReplacement(ConfigUtil.quoteString(folder.toString()));
    return HERE.matcher(text)
        .replaceAll(
            found -> found.group(1) == null ? Matcher.quoteReplacement(found.group()) : quoted);
  }

  /** Finds included files beside the file that includes them. */
  private final class Includer implements ConfigIncluder {
    private final Path file;
    private final String shown;
    private final List<Path> chain;

    Includer(Path file, String shown, List<Path> chain) {
      this.file = file;
      this.shown = shown;
      this.chain = chain;
    }

    @Override
    public ConfigIncluder withFallback(ConfigIncluder fallback) {
      return this;
    }

    @Override
    public ConfigObject include(ConfigIncludeContext context, String what) {
      Path included = new Path(file.getParent(), what);
      int folder = shown.lastIndexOf('/') + 1;
      String name = new Path(what).isAbsolute() ? what : shown.substring(0, folder) + what;
      if (chain.contains(included)) {
        throw new OptionsException(
            List.of("recipe " + shown + ": include \"" + what + "\" leads back to itself"));
      }
      return parse(included, name, chain).root();
    }
  }
}
