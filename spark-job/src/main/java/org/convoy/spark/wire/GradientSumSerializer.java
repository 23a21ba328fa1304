package org.convoy.spark.wire;

import com.esotericsoftware.kryo.Kryo;
import com.esotericsoftware.kryo.Serializer;
import com.esotericsoftware.kryo.io.Input;
import com.esotericsoftware.kryo.io.Output;
import org.convoy.train.GradientSum;

/** A {@link GradientSum} by Kryo: counts, then the gradient as one block. */
public final class GradientSumSerializer extends Serializer<GradientSum> {

  @Override
  public void write(Kryo kryo, Output output, GradientSum sum) {
    output.writeLong(sum.examples());
    output.writeDouble(sum.loss());
    output.writeLong(sum.correct());
    PackedFloatsSerializer.write(output, sum.gradient());
  }

  @Override
  public GradientSum read(Kryo kryo, Input input, Class<GradientSum> type) {
    long examples = input.readLong();
    double loss = input.readDouble();
    long correct = input.readLong();
    return new GradientSum(PackedFloatsSerializer.read(input), examples, loss, correct);
  }
}
