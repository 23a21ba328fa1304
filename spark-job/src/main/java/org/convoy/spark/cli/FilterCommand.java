package org.convoy.spark.cli;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.convoy.description.Json;
import org.convoy.filter.FilterForm;
import org.convoy.filter.ImageFilter;
import org.convoy.filter.Kernel;
import org.convoy.filter.Kernels;
import org.convoy.filter.SignedValues;
import org.convoy.image.geometry.Border;
import org.convoy.spark.run.FilterRun;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code convoy filter}. */
@Command(
    name = "filter",
    mixinStandardHelpOptions = true,
    versionProvider = Convoy.Version.class,
    sortOptions = false,
    description =
        "Passes a kernel over a picture by the convolution of the networks: blurs, sharpens, finds"
            + " edges and blobs.")
final class FilterCommand implements Callable<Integer> {
  private final CommandContext context;

  @Spec private CommandSpec spec;

  @Parameters(
      paramLabel = "IMAGE OUT.png",
      hideParamSyntax = true,
      description = "The picture and where the result goes, on any Hadoop file system.")
  private List<String> files = List.of();

  @Option(
      names = "--kernel",
      paramLabel = "NAME",
      description = "One that --list prints, or numbers of your own: [[1,0,-1],[1,0,-1],[1,0,-1]].")
  private String kernel;

  @Option(
      names = "--size",
      description = "Height and width of a kernel that is made by formula, odd.")
  private Integer size;

  @Option(names = "--sigma", description = "Width of a Gaussian in pixels.")
  private Double sigma;

  @Option(names = "--ratio", description = "Of the sigmas of a difference of Gaussians.")
  private Double ratio;

  @ArgGroup private Form form = new Form();

  /** One of two, or neither. */
  static final class Form {
    @Option(
        names = "--correlation",
        description =
            "Lay the kernel on the picture as it is written, as networks do: the default.")
    private boolean correlation;

    @Option(
        names = "--convolution",
        description = "Turn the kernel by 180 degrees first, as mathematics does.")
    private boolean convolution;
  }

  @Option(
      names = "--border",
      defaultValue = "reflect",
      description = "What lies beyond the edge: zero, edge or reflect [${DEFAULT-VALUE}].")
  private Border border;

  @Option(names = "--gray", description = "Filter brightness, instead of each color by itself.")
  private boolean gray;

  @Option(
      names = "--show",
      description =
          "How answers become pixels: clip (v), absolute (|v|) or offset (128 + v) [clip where the"
              + " kernel keeps the brightness, else absolute].")
  private SignedValues shown;

  @Option(
      names = "--scale",
      description =
          "Multiplies answers before they are shown [what cuts off the largest hundredth; 1 for clip].")
  private Double scale;

  @Option(names = "--list", description = "Prints all kernels with their numbers.")
  private boolean list;

  FilterCommand(CommandContext context) {
    this.context = context;
  }

  @Override
  public Integer call() throws IOException {
    if (list) {
      Kernels.names().forEach(name -> context.print("%s%n", table(name)));
      return Failures.OK;
    }
    if (kernel == null || files.size() != 2) {
      throw new ParameterException(
          spec.commandLine(),
          "expected IMAGE OUT.png --kernel NAME, or --list; got "
              + (kernel == null ? "no kernel" : files.size() + " file names"));
    }
    boolean turned = form.convolution && !form.correlation;
    FilterForm laid = turned ? FilterForm.CONVOLUTION : FilterForm.CORRELATION;
    FilterRun run =
        new FilterRun(
            new ImageFilter(Kernel.parse(described()), laid, border),
            gray,
            Optional.ofNullable(shown),
            Optional.ofNullable(scale));
    context.print("%s%n", run.execute(context.storage(), files.get(0), files.get(1)));
    return Failures.OK;
  }

  /** What the options say of the kernel, as a recipe would. */
  private Object described() {
    if (kernel.startsWith("[")) {
      return Json.parse(kernel);
    }
    Map<String, Object> options = new LinkedHashMap<>();
    options.put("type", kernel);
    Optional.ofNullable(size).ifPresent(value -> options.put("size", value));
    Optional.ofNullable(sigma).ifPresent(value -> options.put("sigma", value));
    Optional.ofNullable(ratio).ifPresent(value -> options.put("ratio", value));
    return options;
  }

  private static String table(String name) {
    Kernel kernel = Kernels.named(name);
    StringBuilder text = new StringBuilder(name + ": " + Kernels.about(name) + "\n");
    for (int y = 0; y < kernel.height(); y++) {
      text.append("   ");
      for (int x = 0; x < kernel.width(); x++) {
        text.append(number(kernel.get(y, x)));
      }
      text.append('\n');
    }
    return text.toString();
  }

  private static String number(float weight) {
    return weight == Math.rint(weight)
        ? String.format(Locale.ROOT, " %7.0f", weight + 0.0f)
        : String.format(Locale.ROOT, " %7.4f", weight);
  }
}
