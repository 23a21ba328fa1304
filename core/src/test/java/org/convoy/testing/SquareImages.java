package org.convoy.testing;

import java.util.ArrayList;
import java.util.List;
import java.util.function.LongFunction;
import org.convoy.data.Annotation;
import org.convoy.data.Chunk;
import org.convoy.data.ShardDealing;
import org.convoy.image.Box;
import org.convoy.random.RandomKey;
import org.convoy.tensor.Shape;

/** Noise with a square in it that is darker or brighter, somewhere: to be named and to be found. */
public final class SquareImages {
  public static final Shape IMAGE = Shape.of(1, 16, 12);
  private static final int HEIGHT = 16;
  private static final int WIDTH = 12;

  private SquareImages() {}

  private static RandomKey key(long id) {
    return RandomKey.ofSeed(71).with(id);
  }

  /** Whether an image's square is brighter than the noise. */
  public static boolean isBright(long id) {
    return key(id).uniform(0) < 0.5;
  }

  /** Where an image's square is. */
  public static Box box(long id) {
    int side = 4 + (int) key(id).below(1, 3);
    int top = (int) key(id).below(2, HEIGHT - side + 1);
    int left = (int) key(id).below(3, WIDTH - side + 1);
    return new Box(top, left, top + side, left + side);
  }

  /** Class 0 if the square is dark, 1 if it is bright. */
  public static Annotation classAndBox(long id) {
    return Annotation.ofBox(isBright(id) ? 1 : 0, box(id));
  }

  /** Class 0 if the square's middle is above the picture's, 1 if it is left of it, 2 if bright. */
  public static Annotation classes(long id) {
    List<Integer> labels = new ArrayList<>();
    Box box = box(id);
    if (box.top() + box.bottom() < HEIGHT) {
      labels.add(0);
    }
    if (box.left() + box.right() < WIDTH) {
      labels.add(1);
    }
    if (isBright(id)) {
      labels.add(2);
    }
    return Annotation.ofClasses(labels.stream().mapToInt(Integer::intValue).toArray());
  }

  /** An image's pixels. */
  public static byte[] pixels(long id) {
    Box box = box(id);
    byte[] pixels = new byte[IMAGE.elementCount()];
    for (int i = 0; i < pixels.length; i++) {
      int row = i / WIDTH;
      int column = i % WIDTH;
      boolean inside =
          row >= box.top() && row < box.bottom() && column >= box.left() && column < box.right();
      long middle = !inside ? 100 : isBright(id) ? 200 : 0;
      pixels[i] = (byte) (middle + key(id).with("noise").below(i, 50));
    }
    return pixels;
  }

  /** All chunks, in the order of their numbers. */
  public static List<Chunk> chunks(ShardDealing dealing, LongFunction<Annotation> annotations) {
    return MadeChunks.of(
        dealing,
        IMAGE,
        (chunk, slot, id) -> chunk.add(slot, id, annotations.apply(id), pixels(id)));
  }
}
