package org.convoy.spark.serialization;

import com.esotericsoftware.kryo.Kryo;
import com.esotericsoftware.kryo.Serializer;
import com.esotericsoftware.kryo.io.Input;
import com.esotericsoftware.kryo.io.Output;
import java.util.ArrayList;
import java.util.List;
import org.convoy.spark.training.Aggregation.TaskSums;
import org.convoy.spark.training.TaskTiming;
import org.convoy.train.GradientSum;
import org.convoy.train.SumTree;

/** A task's sums by Kryo, with the time that writing and reading them takes. */
final class TaskSumsSerializer extends Serializer<TaskSums> {
  TaskSumsSerializer() {
    super(/* acceptsNull= */ false, /* immutable= */ true);
  }

  @Override
  public void write(Kryo kryo, Output output, TaskSums sums) {
    long start = System.nanoTime();
    output.writeInt(sums.nodes().size(), /* optimizePositive= */ true);
    for (SumTree.Node node : sums.nodes()) {
      output.writeInt(node.level(), /* optimizePositive= */ true);
      output.writeInt(node.index(), /* optimizePositive= */ true);
      kryo.writeObject(output, node.sum());
    }
    TaskTiming timing = sums.timing();
    output.writeLong(timing.receive());
    output.writeLong(timing.compute());
    output.writeLong(timing.serialization() + System.nanoTime() - start);
  }

  @Override
  public TaskSums read(Kryo kryo, Input input, Class<TaskSums> type) {
    long start = System.nanoTime();
    List<SumTree.Node> nodes = new ArrayList<>();
    for (int left = input.readInt(/* optimizePositive= */ true); left > 0; left--) {
      int level = input.readInt(/* optimizePositive= */ true);
      int index = input.readInt(/* optimizePositive= */ true);
      nodes.add(new SumTree.Node(level, index, kryo.readObject(input, GradientSum.class)));
    }
    TaskTiming timing = new TaskTiming(input.readLong(), input.readLong(), input.readLong());
    return new TaskSums(nodes, timing.plusSerialization(System.nanoTime() - start));
  }
}
