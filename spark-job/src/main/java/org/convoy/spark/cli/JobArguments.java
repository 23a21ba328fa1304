package org.convoy.spark.cli;

import java.util.ArrayList;
import java.util.List;
import org.convoy.spark.config.Recipe;
import org.convoy.spark.storage.Storage;
import picocli.CommandLine.Parameters;

/** What all commands are told: a recipe, and options on top of it. */
final class JobArguments {
  @Parameters(
      paramLabel = "[RECIPE.conf] [key=value …]",
      hideParamSyntax = true,
      description =
          "A recipe in HOCON, from any Hadoop file system, then options that replace the recipe's.")
  private List<String> arguments = new ArrayList<>();

  Recipe recipe(Storage storage) {
    return Recipe.load(storage, arguments);
  }
}
