package org.convoy.checkpoint;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.convoy.description.DescriptionException;
import org.convoy.description.Json;
import org.convoy.description.RecordCodec;
import org.convoy.nn.ParameterLayout;
import org.convoy.nn.Parameters;
import org.convoy.optim.OptimizerState;
import org.convoy.optim.WeightAverage;
import org.convoy.tensor.Shape;
import org.convoy.tensor.Tensor;
import org.convoy.train.RunProgress;
import org.convoy.train.TrainingOptions;
import org.convoy.train.TrainingState;

/**
 * A {@link TrainingState} in one safetensors file: the parameters under their names, the
 * optimizer's vectors as {@code optimizer.NAME}, the average and the best weights where there are
 * some, and in the header how far the run has come. Whoever keeps the SHA-256 of the bytes written
 * can tell that a file is not torn or flipped.
 */
public final class CheckpointFile {
  private static final String FORMAT = "format";
  private static final String FORMAT_NAME = "convoy-checkpoint-1";
  private static final String PROGRESS = "progress";
  private static final String OPTIMIZER_STEPS = "optimizer_steps";
  private static final String PARAMETERS = "parameters.";
  private static final String OPTIMIZER = "optimizer.";
  private static final String AVERAGE = WeightAverage.NAME;
  private static final String BEST = "best";
  private static final int SHOWN = 5;
  private static final RecordCodec CODEC = new RecordCodec(List.of());

  private final SafetensorsReader reader;

  private CheckpointFile(SafetensorsReader reader) {
    this.reader = reader;
  }

  /**
   * Writes a state; the caller sees to it that it does not change meanwhile.
   *
   * @param out not closed, not flushed
   * @param notes more texts by name
   * @return SHA-256 of the bytes written, in hexadecimal digits
   */
  public static String write(OutputStream out, TrainingState state, Map<String, String> notes)
      throws IOException {
    Map<String, String> metadata = new LinkedHashMap<>(notes);
    metadata.put(FORMAT, FORMAT_NAME);
    metadata.put(OPTIMIZER_STEPS, String.valueOf(state.optimizer().stepCount()));
    Object progress = NumbersAsText.toText(CODEC.describeRecord(state.progress()));
    metadata.put(PROGRESS, Json.write(progress));
    Sha256OutputStream digesting = new Sha256OutputStream(out);
    SafetensorsWriter.write(digesting, tensors(state), metadata);
    return digesting.hex();
  }

  /** Windows on all numbers of a state, by the names that they have in files. */
  private static Map<String, Tensor> tensors(TrainingState state) {
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    ParameterTensors.of(state.parameters())
        .forEach((name, tensor) -> tensors.put(PARAMETERS + name, tensor));
    for (String name : state.optimizer().names()) {
      tensors.put(OPTIMIZER + name, flat(state.optimizer().vector(name)));
    }
    state.average().ifPresent(mean -> tensors.put(AVERAGE, flat(mean.average().values())));
    state.best().ifPresent(best -> tensors.put(BEST, flat(best.values())));
    return tensors;
  }

  private static Tensor flat(float[] values) {
    return Tensor.view(values, 0, Shape.of(values.length));
  }

  /**
   * Makes something of a file's contents.
   *
   * @param <T> what is made
   */
  @FunctionalInterface
  public interface Use<T> {
    /** Asks for the notes first, if at all, and for the state at most once. */
    T of(CheckpointFile file) throws IOException;
  }

  /**
   * Reads a file once, from front to back. Nothing that is found in a damaged file counts, an
   * exception neither: whatever happens on the way, the file is read to its end, and its hash is
   * looked at first.
   *
   * @param in at the beginning of the file; not closed
   * @param file what messages call the file
   * @param size length of the whole file, as its file system says
   * @param sha256 the first hexadecimal digits of what its bytes must have
   * @throws ModelFileException if the file is damaged or no checkpoint
   */
  public static <T> T read(InputStream in, String file, long size, String sha256, Use<T> use)
      throws IOException {
    Sha256InputStream digesting = new Sha256InputStream(in);
    T made;
    try {
      SafetensorsReader reader = SafetensorsReader.open(digesting, file, size);
      requireFormat(reader);
      made = use.of(new CheckpointFile(reader));
    } catch (IOException | RuntimeException e) {
      requireHash(digesting, file, sha256);
      throw e;
    }
    requireHash(digesting, file, sha256);
    return made;
  }

  private static void requireHash(Sha256InputStream in, String file, String sha256)
      throws IOException {
    String found = in.hexToEnd();
    if (!found.startsWith(sha256)) {
      throw new ModelFileException(
          String.format(
              "%s: the file is damaged: the SHA-256 of its bytes begins with %s, expected %s",
              file, found.substring(0, sha256.length()), sha256));
    }
  }

  /** The texts in the file's header, those that were given to {@link #write} among them. */
  public Map<String, String> notes() {
    return reader.metadata();
  }

  /**
   * Reads the state.
   *
   * @param layout of the run's network
   * @param options of the run
   * @throws ModelFileException if the file is one of another network or optimizer
   */
  public TrainingState state(ParameterLayout layout, TrainingOptions options) throws IOException {
    try {
      TrainingState state = emptyState(reader, layout, options);
      fill(tensors(state), reader);
      return state;
    } catch (DescriptionException e) {
      throw new ModelFileException(
          reader.file() + ": the metadata is damaged: " + e.getMessage(), e);
    }
  }

  private static void requireFormat(SafetensorsReader reader) throws ModelFileException {
    String format = reader.metadata().get(FORMAT);
    if (!FORMAT_NAME.equals(format)) {
      throw new ModelFileException(
          String.format(
              "%s: expected a checkpoint with the metadata format = %s, got format = %s",
              reader.file(), FORMAT_NAME, format));
    }
  }

  /** With memory for all numbers that the file should have. */
  private static TrainingState emptyState(
      SafetensorsReader reader, ParameterLayout layout, TrainingOptions options) {
    TrainingState begin =
        TrainingState.begin(new Parameters(layout, new float[layout.length()]), options);
    OptimizerState optimizer = begin.optimizer();
    Map<String, float[]> vectors = new LinkedHashMap<>();
    optimizer.names().forEach(name -> vectors.put(name, optimizer.vector(name)));
    RunProgress progress = progress(reader.metadata());
    return new TrainingState(
        begin.parameters(),
        new OptimizerState(optimizerSteps(reader.metadata()), vectors),
        begin.average(),
        progress.best().map(best -> new Parameters(layout, new float[layout.length()])),
        progress);
  }

  private static RunProgress progress(Map<String, String> metadata) {
    Object described = NumbersAsText.fromText(Json.parse(text(metadata, PROGRESS)));
    return CODEC.readRecord(RunProgress.class, Json.asObject(described), PROGRESS);
  }

  private static long optimizerSteps(Map<String, String> metadata) {
    try {
      return Long.parseLong(text(metadata, OPTIMIZER_STEPS));
    } catch (NumberFormatException e) {
      throw new DescriptionException(OPTIMIZER_STEPS + ": " + e.getMessage(), e);
    }
  }

  private static String text(Map<String, String> metadata, String name) {
    String text = metadata.get(name);
    if (text == null) {
      throw new DescriptionException("'" + name + "' is missing");
    }
    return text;
  }

  private static void fill(Map<String, Tensor> wanted, SafetensorsReader reader)
      throws IOException {
    Set<String> found = new TreeSet<>();
    reader.tensors().forEach(entry -> found.add(entry.name() + " " + entry.shapeText()));
    Set<String> expected = new TreeSet<>();
    wanted.forEach((name, tensor) -> expected.add(name + " " + tensor.shape()));
    if (!found.equals(expected)) {
      throw new ModelFileException(
          String.format(
              "%s: the checkpoint is one of another network or optimizer: it lacks %s, and has %s"
                  + " besides",
              reader.file(), without(expected, found), without(found, expected)));
    }
    for (TensorEntry entry : reader.tensors()) {
      Tensor target = wanted.get(entry.name());
      reader.read(entry, target.data(), target.offset());
    }
    reader.finish();
  }

  /** What only the first set has, for a message. */
  private static String without(Set<String> set, Set<String> other) {
    List<String> own = set.stream().filter(item -> !other.contains(item)).limit(SHOWN).toList();
    return own.isEmpty() ? "nothing" : String.join(", ", own);
  }
}
