package org.convoy.spark.wire;

import com.esotericsoftware.kryo.Kryo;
import com.esotericsoftware.kryo.Serializer;
import com.esotericsoftware.kryo.io.Input;
import com.esotericsoftware.kryo.io.Output;
import org.convoy.train.GradientSum;
import org.convoy.train.SumTree;

/** A {@link NodeSlice} by Kryo: place in the tree, counts, then its part of the gradient alone. */
public final class NodeSliceSerializer extends Serializer<NodeSlice> {

  @Override
  public void write(Kryo kryo, Output output, NodeSlice slice) {
    GradientSum sum = slice.sum();
    output.writeInt(slice.node().level());
    output.writeInt(slice.node().index());
    output.writeLong(slice.computeNanos());
    output.writeLong(sum.examples());
    output.writeDouble(sum.loss());
    output.writeLong(sum.correct());
    PackedFloatsSerializer.write(output, sum.gradient(), slice.from(), slice.to());
  }

  @Override
  public NodeSlice read(Kryo kryo, Input input, Class<NodeSlice> type) {
    int level = input.readInt();
    int index = input.readInt();
    long computeNanos = input.readLong();
    long examples = input.readLong();
    double loss = input.readDouble();
    long correct = input.readLong();
    float[] gradient = PackedFloatsSerializer.read(input);
    GradientSum sum = new GradientSum(gradient, examples, loss, correct);
    return NodeSlice.whole(new SumTree.Node(level, index, sum), computeNanos);
  }
}
