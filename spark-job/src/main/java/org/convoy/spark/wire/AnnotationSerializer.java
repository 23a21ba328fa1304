package org.convoy.spark.wire;

import com.esotericsoftware.kryo.Kryo;
import com.esotericsoftware.kryo.Serializer;
import com.esotericsoftware.kryo.io.Input;
import com.esotericsoftware.kryo.io.Output;
import java.util.ArrayList;
import java.util.List;
import org.convoy.data.Annotation;
import org.convoy.image.Box;

/** An {@link Annotation} by Kryo; two bytes for one of the first classes. */
public final class AnnotationSerializer extends Serializer<Annotation> {
  private static final int UNKNOWN = 0;

  public AnnotationSerializer() {
    super(/* acceptsNull= */ false, /* immutable= */ true);
  }

  @Override
  public void write(Kryo kryo, Output output, Annotation annotation) {
    write(output, annotation);
  }

  @Override
  public Annotation read(Kryo kryo, Input input, Class<Annotation> type) {
    return read(input);
  }

  /** As a part of something else. */
  public static void write(Output output, Annotation annotation) {
    if (!annotation.isKnown()) {
      output.writeInt(UNKNOWN, /* optimizePositive= */ true);
      return;
    }
    boolean boxes = annotation.hasBoxes();
    int count = annotation.labelCount();
    output.writeInt(1 + 2 * count + (boxes ? 1 : 0), /* optimizePositive= */ true);
    for (int i = 0; i < count; i++) {
      output.writeInt(annotation.label(i), /* optimizePositive= */ true);
      if (boxes) {
        Box box = annotation.box(i);
        output.writeDouble(box.top());
        output.writeDouble(box.left());
        output.writeDouble(box.bottom());
        output.writeDouble(box.right());
      }
    }
  }

  /** What {@link #write(Output, Annotation)} wrote. */
  public static Annotation read(Input input) {
    int head = input.readInt(/* optimizePositive= */ true);
    if (head == UNKNOWN) {
      return Annotation.UNKNOWN;
    }
    int[] labels = new int[(head - 1) / 2];
    boolean hasBoxes = (head - 1) % 2 == 1;
    List<Box> boxes = new ArrayList<>();
    for (int i = 0; i < labels.length; i++) {
      labels[i] = input.readInt(/* optimizePositive= */ true);
      if (hasBoxes) {
        double top = input.readDouble();
        double left = input.readDouble();
        double bottom = input.readDouble();
        boxes.add(new Box(top, left, bottom, input.readDouble()));
      }
    }
    return hasBoxes ? Annotation.ofObjects(labels, boxes) : Annotation.ofClasses(labels);
  }
}
