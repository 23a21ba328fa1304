package org.convoy.bench.step;

import com.sun.management.OperatingSystemMXBean;
import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalDouble;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What this process and the machine have used up so far, as far as Linux tells.
 *
 * @param nanos when it was asked, by {@code System.nanoTime}
 * @param ownSeconds processor time of this process
 * @param allSeconds processor time of all processes; empty elsewhere than on Linux
 */
public record Usage(long nanos, double ownSeconds, OptionalDouble allSeconds) {
  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
  private static final OperatingSystemMXBean SYSTEM =
      (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
  private static final double TICKS_PER_SECOND = 100;
  private static final Pattern WHOLE_NUMBER = Pattern.compile("\\d+");

  /** Of the first line of /proc/stat, from user to steal; guests are in user. */
  private static final int COLUMNS = 8;

  /** Doing nothing, and waiting for a disk. */
  private static final List<Integer> IDLE_COLUMNS = List.of(3, 4);

  public static Usage now() {
    return new Usage(System.nanoTime(), SYSTEM.getProcessCpuTime() * 1e-9, machineSeconds());
  }

  /** Bytes that the calling thread has allocated on the heap so far. */
  static long allocatedBytes() {
    return THREADS.getCurrentThreadAllocatedBytes();
  }

  private static OptionalDouble machineSeconds() {
    try {
      Matcher column = WHOLE_NUMBER.matcher(Files.readAllLines(Path.of("/proc/stat")).get(0));
      long ticks = 0;
      for (int i = 0; i < COLUMNS && column.find(); i++) {
        ticks += IDLE_COLUMNS.contains(i) ? 0 : Long.parseLong(column.group());
      }
      return OptionalDouble.of(ticks / TICKS_PER_SECOND);
    } catch (IOException e) {
      return OptionalDouble.empty();
    }
  }

  /** Processors that this process kept busy between the earlier time and this. */
  public double ownCores(Usage earlier) {
    return (ownSeconds - earlier.ownSeconds) / seconds(earlier);
  }

  /** Processors that all other processes kept busy between the earlier time and this. */
  public OptionalDouble otherCores(Usage earlier) {
    if (allSeconds.isEmpty() || earlier.allSeconds.isEmpty()) {
      return OptionalDouble.empty();
    }
    double all = allSeconds.getAsDouble() - earlier.allSeconds.getAsDouble();
    return OptionalDouble.of(Math.max(0, all / seconds(earlier) - ownCores(earlier)));
  }

  private double seconds(Usage earlier) {
    return (nanos - earlier.nanos) * 1e-9;
  }

  /** The largest memory that this process has had, in MB of 2^20 bytes; empty but on Linux. */
  public static OptionalDouble largestResidentMegabytes() {
    try {
      return Files.readAllLines(Path.of("/proc/self/status")).stream()
          .filter(line -> line.startsWith("VmHWM:"))
          .map(WHOLE_NUMBER::matcher)
          .filter(Matcher::find)
          .mapToDouble(kilobytes -> Long.parseLong(kilobytes.group()) / 1024.0)
          .findFirst();
    } catch (IOException e) {
      return OptionalDouble.empty();
    }
  }
}
