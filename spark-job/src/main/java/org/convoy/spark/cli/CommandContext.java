package org.convoy.spark.cli;

import java.io.IOException;
import java.io.PrintStream;
import java.time.Clock;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.convoy.spark.config.JobOptions;
import org.convoy.spark.config.OutputOptions;
import org.convoy.spark.config.Recipe;
import org.convoy.spark.input.BadImages;
import org.convoy.spark.input.UndecodableImage;
import org.convoy.spark.progress.LogView;
import org.convoy.spark.progress.ProgressView;
import org.convoy.spark.progress.TerminalView;
import org.convoy.spark.storage.OutputDirectory;
import org.convoy.spark.storage.Storage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What commands need of the world around them.
 *
 * @param out for results
 * @param err for what goes wrong
 * @param views makes the place where progress is shown
 */
record CommandContext(
    PrintStream out,
    PrintStream err,
    Sessions sessions,
    Supplier<ProgressView> views,
    Storage storage,
    Clock clock) {
  private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss");
  private static final Logger LOG = LoggerFactory.getLogger(Convoy.class);
  private static final String HADOOP_PREFIX = "spark.hadoop.";

  /** The real world. */
  static CommandContext ofProcess() {
    return new CommandContext(
        System.out,
        System.err,
        Sessions.OWN,
        CommandContext::processView,
        new Storage(hadoopConfiguration()),
        Clock.system(ZoneId.systemDefault()));
  }

  private static ProgressView processView() {
    return Terminal.isPresent() ? new TerminalView(System.err) : new LogView(LOG::info);
  }

  /**
   * What Spark will hand to Hadoop once it runs: spark-submit leaves its settings in the system
   * properties. So a mistake in paths is found before a cluster is asked for.
   */
  private static Configuration hadoopConfiguration() {
    Configuration configuration = new Configuration();
    System.getProperties()
        .stringPropertyNames()
        .forEach(
            name -> {
              if (name.startsWith(HADOOP_PREFIX)) {
                configuration.set(name.substring(HADOOP_PREFIX.length()), System.getProperty(name));
              }
            });
    return configuration;
  }

  /**
   * Says how many images are bad, if any, and for which reasons.
   *
   * @param where what is said behind the number
   */
  void printBadImages(List<UndecodableImage> images, String where) {
    long used = images.stream().filter(UndecodableImage::used).count();
    printBadImages(images.size() - used, used, BadImages.summary(images), where);
  }

  /**
   * The same.
   *
   * @param leftOut images that could not be used
   * @param used images of which only a part could be decoded
   * @param reasons a line for each kind
   */
  void printBadImages(long leftOut, long used, List<String> reasons, String where) {
    if (leftOut > 0) {
      print("%,d images could not be used%s%n", leftOut, where);
    }
    if (used > 0) {
      print("%,d truncated images are used as far as they go%s%n", used, where);
    }
    reasons.forEach(reason -> print("%s%n", reason));
  }

  void print(String format, Object... values) {
    out.print(String.format(Locale.ROOT, format, values));
    out.flush();
  }

  /** A name for a directory that belongs to this moment. */
  String runDirectory(String recipe) {
    return "runs/" + recipe + "-" + TIME.format(LocalDateTime.now(clock));
  }

  /**
   * A job's own directory, empty and known to be writable.
   *
   * @param fallback its location if the options name none
   */
  OutputDirectory prepare(Recipe recipe, JobOptions options, String fallback) throws IOException {
    OutputOptions output = options.output();
    return OutputDirectory.prepare(
        storage, output.directory().orElse(fallback), output.overwrite(), inputs(recipe, options));
  }

  /** What a job reads, which it may not delete. */
  List<Path> inputs(Recipe recipe, JobOptions options) throws IOException {
    List<Path> inputs = new ArrayList<>();
    for (String location : options.inputLocations()) {
      inputs.add(storage.resolve(location));
    }
    if (recipe.location().isPresent()) {
      inputs.add(storage.resolve(recipe.location().get()));
    }
    return inputs;
  }
}
