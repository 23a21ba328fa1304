package org.convoy.spark.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.spark.SparkException;
import org.convoy.checkpoint.ModelFileException;
import org.convoy.onnx.format.OnnxFileException;
import org.convoy.spark.checkpoint.ResumeException;
import org.convoy.spark.input.InputException;
import org.convoy.spark.input.PackingMark;
import org.convoy.spark.storage.StorageException;
import org.convoy.train.TrainingDivergedException;

/** What a failure means to whoever typed the command. */
final class Failures {
  /** The command was carried out. */
  static final int OK = 0;

  /** It was begun and failed. */
  static final int FAILED = 1;

  /** Arguments, options or input are wrong: nothing was begun, or nothing can be done with them. */
  static final int REFUSED = 2;

  private static final String CURE =
      "give spark-submit more with --driver-memory or --executor-memory,"
          + " or set a smaller batchSize or evaluationBatchSize";

  private Failures() {}

  /**
   * A failure, explained.
   *
   * @param unexpected whether only the stack trace helps
   */
  record Explanation(int status, String message, boolean unexpected) {}

  static Explanation explain(Throwable failure) {
    if (isShuttingDown()) {
      // What fails now fails because Spark is going down with this process.
      return new Explanation(FAILED, "stopped by a signal before the end", false);
    }
    List<Throwable> chain = chain(failure);
    Optional<Throwable> badInput = chain.stream().filter(Failures::isBadInput).findFirst();
    if (badInput.isPresent()) {
      return new Explanation(REFUSED, badInput.get().getMessage(), false);
    }
    Throwable last = chain.get(chain.size() - 1);
    if (failure instanceof TrainingDivergedException
        || failure instanceof PackingMark.LostException) {
      return new Explanation(FAILED, failure.getMessage(), false);
    } else if (last instanceof OutOfMemoryError) {
      return new Explanation(FAILED, "out of memory (" + last.getMessage() + "): " + CURE, false);
    } else if (failure instanceof SparkException) {
      return new Explanation(FAILED, "a Spark job failed: " + firstLine(last), false);
    } else if (failure instanceof IOException || failure instanceof UncheckedIOException) {
      return new Explanation(FAILED, firstLine(last), false);
    } else if (failure instanceof IllegalArgumentException && isOurs(failure)) {
      return new Explanation(REFUSED, failure.getMessage(), false);
    }
    return new Explanation(FAILED, "this should not happen: " + failure, true);
  }

  static void print(Explanation explanation, Throwable failure, boolean trace, PrintWriter err) {
    err.println("error: " + explanation.message());
    if (trace || explanation.unexpected()) {
      failure.printStackTrace(err);
    }
    err.flush();
  }

  private static boolean isBadInput(Throwable failure) {
    return failure instanceof InputException
        || failure instanceof StorageException
        || failure instanceof ResumeException
        || failure instanceof ModelFileException
        || failure instanceof OnnxFileException
        || failure instanceof AccessDeniedException;
  }

  private static boolean isShuttingDown() {
    Thread probe = new Thread(() -> {});
    try {
      Runtime.getRuntime().addShutdownHook(probe);
      Runtime.getRuntime().removeShutdownHook(probe);
      return false;
    } catch (IllegalStateException e) {
      return true;
    }
  }

  /** Our records and facades check what they are given; libraries refuse what we should not do. */
  private static boolean isOurs(Throwable failure) {
    StackTraceElement[] trace = failure.getStackTrace();
    return trace.length > 0 && trace[0].getClassName().startsWith("org.convoy.");
  }

  private static String firstLine(Throwable failure) {
    String message = failure.getMessage();
    return message == null
        ? failure.getClass().getSimpleName()
        : message.lines().findFirst().orElse("");
  }

  private static List<Throwable> chain(Throwable failure) {
    Set<Throwable> seen = Collections.newSetFromMap(new IdentityHashMap<>());
    List<Throwable> chain = new ArrayList<>();
    for (Throwable t = failure; t != null && seen.add(t); t = t.getCause()) {
      chain.add(t);
    }
    return chain;
  }
}
