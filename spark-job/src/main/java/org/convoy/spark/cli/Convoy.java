package org.convoy.spark.cli;

import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.Callable;
import org.convoy.spark.config.OptionTable;
import org.convoy.spark.run.Versions;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.UsageMessageSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/**
 * Trains, evaluates and scores convolutional networks on Spark: the class that spark-submit starts.
 * Exit status: 0 done, 1 failed on the way, 2 wrong arguments, options or input.
 */
@Command(
    name = "convoy",
    mixinStandardHelpOptions = true,
    versionProvider = Convoy.Version.class,
    synopsisSubcommandLabel = "COMMAND",
    description = "Trains convolutional networks on Apache Spark, and scores images with them.")
public final class Convoy implements Callable<Integer> {
  private static final String DEPLOY_MODE = "spark.submit.deployMode";
  private static final String STACKTRACE = "convoy.stacktrace";
  private static final String STACKTRACE_OPTION = "--stacktrace";

  @Spec private CommandSpec spec;

  /** What {@code --version} prints. */
  static final class Version implements IVersionProvider {
    @Override
    public String[] getVersion() {
      return new String[] {
        "Convoy " + Versions.convoy(), "Spark " + Versions.spark() + ", Java " + Runtime.version()
      };
    }
  }

  /** A command failed, where only an exception tells Spark so. */
  static final class CommandFailedException extends IllegalStateException {
    private static final long serialVersionUID = 1L;

    CommandFailedException(int status) {
      super("convoy ended with status " + status + ", see above");
    }
  }

  /** Carries out one command and {@link #end ends} with its status. */
  public static void main(String[] arguments) {
    end(run(CommandContext.ofProcess(), arguments));
  }

  /**
   * Ends this process with a status; returns where it is 0.
   *
   * @throws CommandFailedException instead, in Spark's cluster deploy mode, where an exit would be
   *     taken for a lost driver
   */
  static void end(int status) {
    if (status == Failures.OK) {
      return;
    }
    if ("cluster".equals(System.getProperty(DEPLOY_MODE))) {
      throw new CommandFailedException(status);
    }
    System.exit(status);
  }

  /** Carries out one command; the session that it opened is stopped when this returns. */
  static int run(CommandContext context, String... arguments) {
    CommandLine line = new CommandLine(new Convoy());
    commands(context).forEach(line::addSubcommand);
    line.getSubcommands().values().forEach(Convoy::addStacktrace);
    line.getSubcommands().values().stream()
        .filter(Convoy::takesOptions)
        .forEach(Convoy::listOptions);
    line.setExpandAtFiles(false);
    line.setCaseInsensitiveEnumValuesAllowed(true);
    line.setOut(new PrintWriter(context.out(), true, StandardCharsets.UTF_8));
    line.setErr(new PrintWriter(context.err(), true, StandardCharsets.UTF_8));
    line.setExecutionExceptionHandler(
        (failure, command, parsed) ->
            handle(
                failure,
                command.getParseResult().hasMatchedOption(STACKTRACE_OPTION),
                command.getErr()));
    try {
      return line.execute(arguments);
    } catch (OutOfMemoryError e) {
      // The library handles exceptions alone.
      return handle(e, List.of(arguments).contains(STACKTRACE_OPTION), line.getErr());
    }
  }

  private static void addStacktrace(CommandLine command) {
    command
        .getCommandSpec()
        .addOption(
            OptionSpec.builder(STACKTRACE_OPTION)
                .description("Shows where in the program a failure was noticed, too.")
                .build());
  }

  /** All commands, in the order in which help lists them. */
  private static List<Callable<Integer>> commands(CommandContext context) {
    return List.of(
        new TrainCommand(context),
        new CheckCommand(context),
        new EvaluateCommand(context),
        new ScoreCommand(context),
        new PackCommand(context),
        new SummaryCommand(context),
        new ProfileCommand(context),
        new PlanCommand(context),
        new AugmentPreviewCommand(context),
        new FilterCommand(context),
        new VisualizeCommand(context),
        new ImportCommand(context),
        new ExportCommand(context),
        new OnnxTestCommand(context));
  }

  private static boolean takesOptions(CommandLine command) {
    return command.getCommandSpec().mixins().values().stream()
        .anyMatch(mixin -> mixin.userObject() instanceof JobArguments);
  }

  /** The options' table as it is: picocli would look for variables in it. */
  private static void listOptions(CommandLine command) {
    command
        .getHelpSectionMap()
        .put(
            UsageMessageSpec.SECTION_KEY_FOOTER,
            help -> String.format("%nOptions, with [defaults]:%n%s", OptionTable.text()));
  }

  private static int handle(Throwable failure, boolean asked, PrintWriter err) {
    Failures.Explanation explanation = Failures.explain(failure);
    boolean trace = asked || Boolean.getBoolean(STACKTRACE);
    Failures.print(explanation, failure, trace, err);
    return explanation.status();
  }

  @Override
  public Integer call() {
    throw new ParameterException(
        spec.commandLine(),
        "expected a command: " + String.join(", ", spec.subcommands().keySet()));
  }
}
