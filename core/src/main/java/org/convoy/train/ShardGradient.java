package org.convoy.train;

import java.util.Arrays;
import java.util.Optional;
import org.convoy.augment.DrawContext;
import org.convoy.augment.PixelWorkspace;
import org.convoy.backend.Backend;
import org.convoy.data.Chunk;
import org.convoy.data.EpochOrder;
import org.convoy.nn.BatchGradient;
import org.convoy.nn.Parameters;
import org.convoy.nn.Targets;
import org.convoy.random.RandomKey;
import org.convoy.tensor.Tensor;

/**
 * Computes one shard's part of a step: picks its images in epoch order, augments them, runs
 * forward, loss and backward. All memory is made once and reused; an instance belongs to one task
 * at a time.
 */
public final class ShardGradient {
  private final TrainingSetup setup;
  private final Backend backend;
  private final BatchGradient batch;
  private final PixelWorkspace pixels = new PixelWorkspace();
  private final RandomKey root;
  private final TargetBatch targets;
  private final long[] keys;
  private final long[] ids;
  private EpochOrder order;
  private int epoch = -1;

  public ShardGradient(TrainingSetup setup, Backend backend) {
    this.setup = setup;
    this.backend = backend;
    int capacity = setup.microBatchCapacity();
    this.batch = new BatchGradient(setup.network(), backend, capacity, setup.frozenNodes());
    this.root = RandomKey.ofSeed(setup.dealing().seed()).with("example");
    this.targets =
        new TargetBatch(
            setup.objective(),
            setup.pipeline(),
            setup.image(),
            setup.classCount(),
            capacity,
            setup.mixing().mixes());
    this.keys = new long[capacity];
    this.ids = new long[capacity];
  }

  /** The run that this was made for. */
  public TrainingSetup setup() {
    return setup;
  }

  /**
   * Adds the shard's images of the step to a sum.
   *
   * @param chunks has the shard's chunks that the step visits
   * @param sum receives gradient, loss and counts
   */
  public void accumulate(
      Step step, int shard, Parameters parameters, ChunkSource chunks, GradientSum sum) {
    int count = gather(step, shard, chunks);
    if (count == 0) {
      return;
    }
    Targets wanted = targets.targets();
    double loss = batch.add(count, parameters, keys, setup.loss(), wanted, sum.gradient());
    Tensor output = batch.output(count);
    int correct = Judgement.countCorrect(setup.objective(), output, wanted, setup.classCount());
    sum.count(count, loss, correct);
  }

  /**
   * Looks for what is not finite in the shard's part of a step: a layer's output for some image by
   * itself, as in evaluation, or else loss or gradient of all of them together. Of a round of local
   * steps it looks at each at the common parameters.
   *
   * @param chunks has the shard's chunks that the step visits
   */
  public Optional<ShardFault> findFault(
      Step step, int shard, Parameters parameters, ChunkSource chunks) {
    return step.split(setup.batchSize()).stream()
        .flatMap(part -> findFaultOfPart(part, shard, parameters, chunks).stream())
        .findFirst();
  }

  private Optional<ShardFault> findFaultOfPart(
      Step step, int shard, Parameters parameters, ChunkSource chunks) {
    int count = gather(step, shard, chunks);
    if (count == 0) {
      return Optional.empty();
    }
    Optional<ShardFault> inLayer =
        new LayerFaults(setup.network(), backend, parameters).find(shard, batch.input(count), ids);
    if (inLayer.isPresent()) {
      return inLayer;
    }
    GradientSum sum = new GradientSum(setup.network().layout().length());
    accumulate(step, shard, parameters, chunks, sum);
    return sum.fault(setup.network().layout())
        .map(what -> new ShardFault(shard, what, Arrays.stream(ids, 0, count).boxed().toList()));
  }

  /** Order of an epoch, kept until another epoch is asked for. */
  public EpochOrder order(int wanted) {
    if (wanted != epoch) {
      order = setup.order(wanted);
      epoch = wanted;
    }
    return order;
  }

  private int gather(Step step, int shard, ChunkSource chunks) {
    Gathering gathering = new Gathering(shard, chunks);
    order(step.epoch()).visit(shard, step.from(), step.to(), gathering);
    mix(gathering.count);
    return gathering.count;
  }

  private void mix(int count) {
    if (setup.mixing().mixes()) {
      Tensor input = batch.input(count);
      setup
          .mixing()
          .apply(
              keys,
              count,
              input.data(),
              input.offset(),
              setup.network().inputShape(),
              targets::mix);
    }
  }

  /** Puts images into the network's input one behind the other. */
  private final class Gathering implements EpochOrder.Visitor {
    private final int shard;
    private final ChunkSource chunks;
    private final Tensor input = batch.input(batch.capacity());
    private final int inputSize = setup.network().inputShape().elementCount();
    private Chunk chunk;
    private int count;

    Gathering(int shard, ChunkSource chunks) {
      this.shard = shard;
      this.chunks = chunks;
    }

    @Override
    public void visit(int chunkIndex, int slot, int turn) {
      if (chunk == null || chunk.index() != chunkIndex) {
        chunk = chunks.chunk(shard, chunkIndex);
      }
      int image = chunk.indexOfSlot(slot);
      if (image < 0) {
        return;
      }
      RandomKey key = root.with(turn).with(chunk.id(image));
      keys[count] = key.value();
      ids[count] = chunk.id(image);
      DrawContext context = DrawContext.of(setup.dealing().seed(), turn, ids[count]);
      setup
          .pipeline()
          .prepare(
              chunk.pixels(),
              chunk.pixelOffset(image),
              chunk.imageShape(),
              context,
              input.data(),
              input.offset() + count * inputSize,
              pixels);
      targets.set(count, chunk.annotation(image), boxes -> setup.pipeline().boxes(boxes, pixels));
      count++;
    }
  }
}
