package org.convoy.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Runs a main method of the tests in a JVM of its own. */
public final class ChildJvm {
  private ChildJvm() {}

  /**
   * Waits until it has ended, which must be with status 0.
   *
   * @param options of the JVM; empty ones are passed over
   * @return what it printed, without blanks at the ends
   */
  public static String run(Class<?> main, List<String> options, String... arguments)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    // Options of another processor's JVM are passed over.
    command.add("-XX:+IgnoreUnrecognizedVMOptions");
    options.stream().filter(option -> !option.isEmpty()).forEach(command::add);
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
    command.addAll(List.of(arguments));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String output =
        new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
    assertThat(process.waitFor()).as("%s printed %s", command, output).isZero();
    return output;
  }
}
