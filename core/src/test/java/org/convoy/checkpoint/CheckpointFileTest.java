package org.convoy.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.convoy.augment.Axis;
import org.convoy.augment.Normalization;
import org.convoy.augment.PixelPipeline;
import org.convoy.augment.RandomFlip;
import org.convoy.backend.Backends;
import org.convoy.data.Chunk;
import org.convoy.data.ShardDealing;
import org.convoy.nn.Network;
import org.convoy.nn.Parameters;
import org.convoy.nn.layer.BatchNorm2d;
import org.convoy.nn.layer.Conv2d;
import org.convoy.nn.layer.Dropout;
import org.convoy.nn.layer.Flatten;
import org.convoy.nn.layer.Linear;
import org.convoy.nn.layer.Relu;
import org.convoy.nn.loss.CrossEntropy;
import org.convoy.optim.Adam;
import org.convoy.optim.CosineDecay;
import org.convoy.optim.Ema;
import org.convoy.optim.GradientClipping;
import org.convoy.optim.Lookahead;
import org.convoy.optim.Optimizer;
import org.convoy.optim.Sgd;
import org.convoy.optim.Warmup;
import org.convoy.optim.WeightAveraging;
import org.convoy.testing.StripedImages;
import org.convoy.train.EarlyStopping;
import org.convoy.train.EpochReport;
import org.convoy.train.EpochTotals;
import org.convoy.train.LocalTrainer;
import org.convoy.train.RunGuard;
import org.convoy.train.RunProgress;
import org.convoy.train.Scores;
import org.convoy.train.StepTiming;
import org.convoy.train.TrainingListener;
import org.convoy.train.TrainingOptions;
import org.convoy.train.TrainingResult;
import org.convoy.train.TrainingSetup;
import org.convoy.train.TrainingState;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A run that is stopped, written, read and continued ends with the bits of one that is not. */
class CheckpointFileTest {
  private static final int EPOCHS = 3;
  private static final int STEPS_PER_EPOCH = 5;

  private final TrainingSetup setup = setup();
  private final List<Chunk> chunks = StripedImages.chunks(setup.dealing());

  static Stream<Arguments> runs() {
    return Stream.of(
        Arguments.of(Sgd.plain(), null, null),
        Arguments.of(new Sgd(0.9, 0, 5e-4, true), Ema.of(0.9), null),
        Arguments.of(new Sgd(0.9, 0, 0, false), new Lookahead(2, 0.5, 1), null),
        Arguments.of(
            new Adam(0.9, 0.999, 1e-8, 0, true),
            null,
            new EarlyStopping(EarlyStopping.Metric.LOSS, 2, 0)));
  }

  @ParameterizedTest
  @MethodSource("runs")
  void aRunGoesOnToTheSameBits(
      Optimizer optimizer, WeightAveraging averaging, EarlyStopping stopping) throws IOException {
    TrainingOptions options = options(optimizer, averaging, stopping);
    TrainingResult whole = train(begin(options), options, RunGuard.NONE);
    for (int step = 1; step < EPOCHS * STEPS_PER_EPOCH; step++) {
      TrainingState state = stoppedAfter(step, options);
      TrainingState read = read(write(state), options);

      TrainingResult resumed = train(read, options, RunGuard.NONE);

      assertThat(resumed.parameters().values())
          .as("stopped after step %d", step)
          .containsExactly(whole.parameters().values());
      assertThat(withoutTimes(resumed)).isEqualTo(withoutTimes(whole));
      assertThat(resumed.stopped()).isEqualTo(whole.stopped());
    }
  }

  @Test
  void aFinishedRunIsReadAsFinished() throws IOException {
    TrainingOptions options = options(Sgd.plain(), null, null);
    TrainingState state = begin(options);
    TrainingResult result = train(state, options, RunGuard.NONE);

    TrainingResult again = train(read(write(state), options), options, RunGuard.NONE);

    assertThat(again.parameters().values()).containsExactly(result.parameters().values());
    assertThat(again.epochs()).isEqualTo(result.epochs());
  }

  @Test
  void numbersThatAreNotFiniteAndNotesComeBack() throws IOException {
    EpochReport report =
        new EpochReport(
            0,
            1,
            7,
            Double.NaN,
            0.1,
            1e-300,
            Optional.of(new Scores(3, 0.25, Double.POSITIVE_INFINITY, 1, 0.5)),
            0.1 + 0.2,
            new StepTiming(1, 2, 3, 4, 5, 6));
    RunProgress progress =
        new RunProgress(
            5,
            2,
            new EpochTotals(1, 2, Double.NEGATIVE_INFINITY, 3, 4, StepTiming.ZERO),
            List.of(report),
            Optional.empty());
    TrainingOptions options = options(Sgd.plain(), null, null);
    TrainingState begin = begin(options);
    TrainingState state =
        new TrainingState(
            begin.parameters(), begin.optimizer(), Optional.empty(), Optional.empty(), progress);

    Written written = write(state, Map.of("options", "{\"é\": 1}"));

    assertThat(read(written, options).progress()).isEqualTo(progress);
    Map<String, String> notes = use(written, CheckpointFile::notes);
    assertThat(notes).containsEntry("options", "{\"é\": 1}");
  }

  @Test
  void everyFlippedByteAndEveryCutIsNoticed() throws IOException {
    TrainingOptions options = options(Sgd.plain(), null, null);
    Written written = write(stoppedAfter(7, options));
    for (int at = 0; at < written.bytes.length; at += 1 + at / 40) {
      byte[] flipped = written.bytes.clone();
      flipped[at] ^= (byte) (1 << at % 8);
      assertThatThrownBy(() -> read(new Written(flipped, written.hash), options))
          .as("byte %d of %d", at, flipped.length)
          .isInstanceOf(ModelFileException.class)
          .hasMessageContaining("run/step");
      byte[] cut = Arrays.copyOf(written.bytes, at);
      assertThatThrownBy(() -> read(new Written(cut, written.hash), options))
          .isInstanceOf(ModelFileException.class);
    }
  }

  @Test
  void whatADamagedFileSeemsToSayIsNotBelieved() throws IOException {
    Written written = write(begin(options(Sgd.plain(), null, null)), Map.of("options", "abc"));
    CheckpointFile.Use<String> refuse =
        file -> {
          throw new IllegalStateException("options " + file.notes().get("options"));
        };
    assertThatThrownBy(() -> use(written, refuse)).hasMessage("options abc");

    int at = new String(written.bytes, StandardCharsets.ISO_8859_1).indexOf("abc");
    written.bytes[at] = 'x';

    assertThatThrownBy(() -> use(written, refuse))
        .isInstanceOf(ModelFileException.class)
        .hasMessageContaining("run/step: the file is damaged: the SHA-256 of its bytes begins with")
        .hasMessageEndingWith("expected " + written.hash.substring(0, 16));
  }

  @Test
  void anotherOptimizerOrModelFileIsRefused() throws IOException {
    TrainingOptions options = options(Sgd.plain(), null, null);
    Written written = write(stoppedAfter(2, options));
    assertThatThrownBy(() -> read(written, options(new Sgd(0.9, 0, 0, false), null, null)))
        .isInstanceOf(ModelFileException.class)
        .hasMessageContaining(
            "another network or optimizer: it lacks optimizer.momentum 663, and has nothing");
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    String hash =
        ModelFile.write(
            out,
            new Model(
                setup.network(), setup.network().initialize(1), ModelInfo.unknown("a version")));
    assertThatThrownBy(() -> read(new Written(out.toByteArray(), hash), options))
        .isInstanceOf(ModelFileException.class)
        .hasMessageContaining("expected a checkpoint with the metadata format");
  }

  private TrainingState stoppedAfter(int steps, TrainingOptions options) {
    TrainingState state = begin(options);
    train(
        state,
        options,
        now -> now.progress().steps() == steps ? Optional.of("enough") : Optional.empty());
    return state;
  }

  private TrainingResult train(TrainingState state, TrainingOptions options, RunGuard guard) {
    return new LocalTrainer(setup, chunks, Backends.best())
        .train(state, options, chunks, TrainingListener.NONE, guard);
  }

  private TrainingState begin(TrainingOptions options) {
    Parameters initial = setup.network().initialize(3);
    return TrainingState.begin(initial, options);
  }

  private static List<EpochReport> withoutTimes(TrainingResult result) {
    return result.epochs().stream()
        .map(
            report ->
                new EpochReport(
                    report.epoch(),
                    report.steps(),
                    report.images(),
                    report.trainLoss(),
                    report.trainAccuracy(),
                    report.learningRate(),
                    report.scores(),
                    0,
                    StepTiming.ZERO))
        .toList();
  }

  /** A file's bytes and the hash that its name would carry. */
  private static final class Written {
    private final byte[] bytes;
    private final String hash;

    Written(byte[] bytes, String hash) {
      this.bytes = bytes;
      this.hash = hash;
    }
  }

  private static Written write(TrainingState state) throws IOException {
    return write(state, Map.of());
  }

  private static Written write(TrainingState state, Map<String, String> notes) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    String hash = CheckpointFile.write(out, state, notes);
    return new Written(out.toByteArray(), hash);
  }

  private TrainingState read(Written written, TrainingOptions options) throws IOException {
    return use(written, file -> file.state(setup.network().layout(), options));
  }

  private static <T> T use(Written written, CheckpointFile.Use<T> use) throws IOException {
    return CheckpointFile.read(
        new ByteArrayInputStream(written.bytes),
        "run/step",
        written.bytes.length,
        written.hash.substring(0, 16),
        use);
  }

  private static TrainingOptions options(
      Optimizer optimizer, WeightAveraging averaging, EarlyStopping stopping) {
    return new TrainingOptions(
        EPOCHS,
        optimizer,
        new CosineDecay(0.05, 0, Warmup.NONE),
        new GradientClipping(5),
        1,
        Optional.ofNullable(averaging),
        Optional.ofNullable(stopping),
        0);
  }

  private static TrainingSetup setup() {
    Network network =
        Network.builder(StripedImages.IMAGE)
            .add("conv", Conv2d.of(4, 3).padding(1))
            .add("norm", new BatchNorm2d())
            .add("relu", new Relu())
            .add("drop", new Dropout(0.2f))
            .add("flatten", new Flatten())
            .add("fc", Linear.of(StripedImages.CLASSES))
            .build();
    return new TrainingSetup(
        network,
        new CrossEntropy(0),
        new PixelPipeline(
            List.of(new RandomFlip(0.5, Axis.HORIZONTAL)),
            new Normalization(List.of(0.5), List.of(0.3))),
        new ShardDealing(9, StripedImages.COUNT, 4, 7),
        StripedImages.IMAGE,
        StripedImages.CLASSES,
        StripedImages.COUNT / STEPS_PER_EPOCH);
  }
}
