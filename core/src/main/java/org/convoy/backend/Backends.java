package org.convoy.backend;

import com.sun.management.HotSpotDiagnosticMXBean;
import java.lang.System.Logger.Level;
import java.lang.management.ManagementFactory;
import java.lang.reflect.InvocationTargetException;
import java.util.Optional;
import org.convoy.backend.scalar.ScalarBackend;

/**
 * Which backend this JVM computes with: vectors where the JDK's Vector API is there and fast, plain
 * loops elsewhere. Both give the same bits, so the choice is one of speed. It is made once, and
 * logged once, with its reason.
 *
 * <p>The system property {@code convoy.backend} overrides it: {@code scalar}, {@code simd}, or
 * {@code auto}, the default.
 */
public final class Backends {
  /** System property that names the backend to use. */
  public static final String PROPERTY = "convoy.backend";

  private static final String MODULE = "jdk.incubator.vector";
  private static final String SIMD_CLASS = "org.convoy.backend.simd.SimdBackend";

  private static Choice best;

  private Backends() {}

  /**
   * A backend, or why there is none.
   *
   * @param backend null if there is none
   * @param reason a clause for messages
   */
  record Candidate(Backend backend, String reason) {}

  /** A backend with the line that is logged about it. */
  record Choice(Backend backend, Level level, String message) {}

  /**
   * The fastest backend, or the one that the property asks for.
   *
   * @throws IllegalStateException if the property asks for vectors and there are none
   * @throws IllegalArgumentException if the property has another value than the three
   */
  public static synchronized Backend best() {
    if (best == null) {
      best = choose(System.getProperty(PROPERTY, "auto"), simdCandidate());
      System.getLogger(Backends.class.getPackageName()).log(best.level(), best.message());
    }
    return best.backend();
  }

  /** The plain loops. */
  public static Backend scalar() {
    return new ScalarBackend();
  }

  /** The Vector API's backend, if this JVM has it and runs it fast. */
  public static Optional<Backend> simd() {
    return Optional.ofNullable(simdCandidate().backend());
  }

  /** Why there are no vectors, a clause for messages; nothing if there are. */
  public static Optional<String> whyNoVectors() {
    Candidate simd = simdCandidate();
    return simd.backend() == null ? Optional.of(simd.reason()) : Optional.empty();
  }

  static Choice choose(String wanted, Candidate simd) {
    boolean available = simd.backend() != null;
    return switch (wanted) {
      case "scalar" ->
          new Choice(scalar(), Level.INFO, "backend: scalar, as " + PROPERTY + "=scalar asks");
      case "simd" -> {
        if (!available) {
          throw new IllegalStateException(
              PROPERTY + "=simd asks for the Vector API, but " + simd.reason());
        }
        yield new Choice(simd.backend(), Level.INFO, "backend: " + simd.reason());
      }
      case "auto" ->
          available
              ? new Choice(simd.backend(), Level.INFO, "backend: " + simd.reason())
              : new Choice(
                  scalar(),
                  Level.WARNING,
                  "backend: scalar, several times slower: " + simd.reason());
      default ->
          throw new IllegalArgumentException(
              "system property "
                  + PROPERTY
                  + " must be scalar, simd or auto, got '"
                  + wanted
                  + "'");
    };
  }

  private static Candidate simdCandidate() {
    if (ModuleLayer.boot().findModule(MODULE).isEmpty()) {
      return new Candidate(
          null,
          "module " + MODULE + " is missing; add --add-modules " + MODULE + " to java's options");
    }
    if (System.getProperty("java.vm.info", "").contains("interpreted")) {
      return new Candidate(null, "the JVM interprets only (-Xint)");
    }
    if (!option("UseFMA", "true").equals("true")) {
      return new Candidate(
          null, "the processor has no fused multiply-add, or -XX:-UseFMA hides it");
    }
    if (!option("TieredStopAtLevel", "4").equals("4")) {
      return new Candidate(null, "the optimizing compiler is switched off (-XX:TieredStopAtLevel)");
    }
    return instantiate();
  }

  /** Reflection, because only that class's package may be compiled against the module. */
  private static Candidate instantiate() {
    try {
      Class<?> simd = Class.forName(SIMD_CLASS, true, Backends.class.getClassLoader());
      Backend backend = (Backend) simd.getConstructor().newInstance();
      return new Candidate(backend, backend.name());
    } catch (InvocationTargetException e) {
      return new Candidate(null, e.getCause().getMessage());
    } catch (ReflectiveOperationException | LinkageError e) {
      return new Candidate(null, SIMD_CLASS + " cannot be loaded: " + e);
    }
  }

  /** The value of a HotSpot option, or the given one on a JVM that does not have it. */
  private static String option(String name, String otherwise) {
    HotSpotDiagnosticMXBean hotSpot =
        ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class);
    try {
      return hotSpot == null ? otherwise : hotSpot.getVMOption(name).getValue();
    } catch (IllegalArgumentException e) {
      return otherwise;
    }
  }
}
