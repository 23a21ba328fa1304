package org.convoy.filter;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.convoy.description.DescriptionException;
import org.convoy.description.Json;
import org.convoy.description.Nearest;
import org.convoy.description.RecordCodec;
import org.convoy.description.Registry;

/**
 * The kernels that have a name. Those that find edges along x answer to brightness that grows to
 * the right, along y to brightness that grows downwards; lectures that draw them with the signs
 * exchanged draw what a true convolution lays on the picture.
 */
public final class Kernels {
  private static final String TYPE = "type";

  private static final Registry<KernelFormula> FORMULAS =
      new Registry<>(KernelFormula.class, "kernel")
          .add("box", Box.class)
          .add("gaussian", Gaussian.class)
          .add("laplacian-of-gaussian", LaplacianOfGaussian.class)
          .add("difference-of-gaussians", DifferenceOfGaussians.class);

  private static final RecordCodec CODEC = new RecordCodec(List.of(FORMULAS));
  private static final Map<String, Kernel> MATRICES = new LinkedHashMap<>();
  private static final Map<String, String> SOURCES = new LinkedHashMap<>();

  static {
    source("box", "mean of a square: blurs; options size [3]");
    source("gaussian", "blurs; options sigma [1.0], size [three sigma to either side]");
    matrix(
        "sharpen",
        "the picture minus its Laplacian; Gonzalez and Woods, Digital Image Processing, 3.6",
        new float[][] {{0, -1, 0}, {-1, 5, -1}, {0, -1, 0}});
    matrix(
        "prewitt-x",
        "edges along x; Prewitt 1970. Turned, the vertical edge detector of Andrew Ng's course",
        new float[][] {{-1, 0, 1}, {-1, 0, 1}, {-1, 0, 1}});
    matrix("prewitt-y", "edges along y", new float[][] {{-1, -1, -1}, {0, 0, 0}, {1, 1, 1}});
    matrix(
        "sobel-x",
        "edges along x, smoothed along y; Sobel and Feldman 1968",
        new float[][] {{-1, 0, 1}, {-2, 0, 2}, {-1, 0, 1}});
    matrix(
        "sobel-y",
        "edges along y, smoothed along x",
        new float[][] {{-1, -2, -1}, {0, 0, 0}, {1, 2, 1}});
    matrix(
        "scharr-x",
        "edges along x, nearly the same in all directions; Scharr 2000",
        new float[][] {{-3, 0, 3}, {-10, 0, 10}, {-3, 0, 3}});
    matrix(
        "scharr-y",
        "edges along y, nearly the same in all directions",
        new float[][] {{-3, -10, -3}, {0, 0, 0}, {3, 10, 3}});
    matrix(
        "laplacian-4",
        "sum of second differences along x and y; Gonzalez and Woods, 3.6",
        new float[][] {{0, 1, 0}, {1, -4, 1}, {0, 1, 0}});
    matrix(
        "laplacian-8",
        "the same with both diagonals",
        new float[][] {{1, 1, 1}, {1, -8, 1}, {1, 1, 1}});
    matrix(
        "blob",
        "bright blobs: a Laplacian of a Gaussian in whole numbers; Gonzalez and Woods, 10.2",
        new float[][] {
          {0, 0, -1, 0, 0},
          {0, -1, -2, -1, 0},
          {-1, -2, 16, -2, -1},
          {0, -1, -2, -1, 0},
          {0, 0, -1, 0, 0}
        });
    source(
        "laplacian-of-gaussian",
        "bright blobs of radius 1.41 sigma; Lindeberg 1998; options sigma [1.4], size");
    source(
        "difference-of-gaussians",
        "bright blobs; Marr and Hildreth 1980; options sigma [1.0], ratio [1.6], size");
    matrix(
        "emboss",
        "as though lit from one corner",
        new float[][] {{-2, -1, 0}, {-1, 1, 1}, {0, 1, 2}});
  }

  private Kernels() {}

  private static void matrix(String name, String source, float[]... rows) {
    MATRICES.put(name, Kernel.named(name, rows));
    source(name, source);
  }

  private static void source(String name, String source) {
    if (SOURCES.put(name, source) != null) {
      throw new IllegalArgumentException("there is a kernel '" + name + "' already");
    }
  }

  /** All names. */
  public static List<String> names() {
    return List.copyOf(SOURCES.keySet());
  }

  /**
   * A kernel by its name, with default options if it is a formula.
   *
   * @throws DescriptionException if there is none; the message names the nearest
   */
  public static Kernel named(String name) {
    return read(name);
  }

  /**
   * What a named kernel does, who described it, and its options.
   *
   * @throws DescriptionException if there is none
   */
  public static String about(String name) {
    checkKnown(name);
    return SOURCES.get(name);
  }

  /** A name, or a map of {@code type} and options. */
  static Kernel read(Object described) {
    Map<String, Object> options = new LinkedHashMap<>();
    if (described instanceof Map<?, ?> map) {
      map.forEach((key, value) -> options.put(String.valueOf(key), value));
    } else {
      options.put(TYPE, described);
    }
    if (!(options.get(TYPE) instanceof String name)) {
      throw new DescriptionException(
          "expected a kernel's name, or {type = NAME, …}, or rows of numbers, got "
              + Json.kindOf(described));
    }
    checkKnown(name);
    if (!MATRICES.containsKey(name)) {
      KernelFormula formula = CODEC.read(FORMULAS, options, "");
      return Kernel.named(Kernel.description(CODEC.describe(FORMULAS, formula)), formula.rows());
    }
    List<String> others = new ArrayList<>(options.keySet());
    others.remove(TYPE);
    if (!others.isEmpty()) {
      throw new DescriptionException(
          "kernel " + name + " has no options, got " + String.join(", ", others));
    }
    return MATRICES.get(name);
  }

  private static void checkKnown(String name) {
    if (!SOURCES.containsKey(name)) {
      throw new DescriptionException(
          String.format(
              "unknown kernel '%s'%s (known: %s)",
              name, Nearest.suggestion(name, names()), String.join(", ", names())));
    }
  }
}
