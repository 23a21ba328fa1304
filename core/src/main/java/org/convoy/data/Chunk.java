package org.convoy.data;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.convoy.tensor.Shape;
import org.convoy.tensor.ShapeException;

/**
 * A packed block of one shard's images: uint8 pixels, annotations and ids in primitive arrays,
 * ordered by slot. An image that could not be decoded leaves its slot empty. Immutable by
 * agreement: the arrays are not to be written.
 */
public final class Chunk implements Serializable {
  private static final long serialVersionUID = 1L;

  private final int shard;
  private final int index;
  private final Shape imageShape;
  private final int[] slots;
  private final long[] ids;
  private final PackedAnnotations annotations;
  private final byte[] pixels;

  private Chunk(Builder builder, int[] order) {
    int count = order.length;
    int imageSize = builder.imageShape.elementCount();
    this.shard = builder.shard;
    this.index = builder.index;
    this.imageShape = builder.imageShape;
    this.slots = new int[count];
    this.ids = new long[count];
    this.pixels = new byte[Math.multiplyExact(count, imageSize)];
    List<Annotation> ordered = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      int from = order[i];
      slots[i] = builder.slots[from];
      ids[i] = builder.ids[from];
      ordered.add(builder.annotations.get(from));
      System.arraycopy(builder.pixels, from * imageSize, pixels, i * imageSize, imageSize);
    }
    this.annotations = PackedAnnotations.of(ordered);
  }

  /** The shard that this chunk belongs to. */
  public int shard() {
    return shard;
  }

  /** Place of this chunk among those of its shard. */
  public int index() {
    return index;
  }

  /** Shape of every image: channels x height x width. */
  public Shape imageShape() {
    return imageShape;
  }

  /** Number of images held. */
  public int size() {
    return slots.length;
  }

  /** Which image lies in a slot, as an index into this chunk; negative if the slot is empty. */
  public int indexOfSlot(int slot) {
    return Arrays.binarySearch(slots, slot);
  }

  /** Slot of an image. */
  public int slot(int image) {
    return slots[image];
  }

  /** Id of an image. */
  public long id(int image) {
    return ids[image];
  }

  /** What is known about what an image shows. */
  public Annotation annotation(int image) {
    return annotations.get(image);
  }

  /** Whether each image has one class, or is unknown, and there is no box. */
  public boolean hasPlainLabels() {
    return annotations.arePlain();
  }

  /** All pixels, image after image, planar; not to be written. */
  public byte[] pixels() {
    return pixels;
  }

  /** Where an image's pixels begin. */
  public int pixelOffset(int image) {
    return image * imageShape.elementCount();
  }

  /** Bytes of memory that this chunk holds, about. */
  public long byteCount() {
    return pixels.length + 12L * slots.length + annotations.byteCount();
  }

  /** Collects images in any order. */
  public static final class Builder {
    private final int shard;
    private final int index;
    private final Shape imageShape;
    private final List<Annotation> annotations;
    private int count;
    private int[] slots;
    private long[] ids;
    private byte[] pixels;

    /**
     * @param capacity number of images expected at most
     */
    public Builder(int shard, int index, Shape imageShape, int capacity) {
      this.shard = shard;
      this.index = index;
      this.imageShape = imageShape;
      this.slots = new int[capacity];
      this.ids = new long[capacity];
      this.annotations = new ArrayList<>(capacity);
      this.pixels = new byte[Math.multiplyExact(capacity, imageShape.elementCount())];
    }

    /** Adds an image of one class. */
    public Builder add(int slot, long id, int label, byte[] image) {
      return add(slot, id, Annotation.ofLabel(label), image);
    }

    /**
     * Adds an image; its pixels are copied.
     *
     * @param image uint8, planar, exactly as long as the image's shape says
     * @throws ShapeException if the pixels are too few or too many
     */
    public Builder add(int slot, long id, Annotation annotation, byte[] image) {
      int imageSize = imageShape.elementCount();
      if (image.length != imageSize) {
        throw new ShapeException(
            String.format(
                "image %d: expected %d bytes for shape %s, got %d",
                id, imageSize, imageShape, image.length));
      }
      if (count == slots.length) {
        throw new IllegalStateException(
            String.format("chunk %d of shard %d is full with %d images", index, shard, count));
      }
      slots[count] = slot;
      ids[count] = id;
      annotations.add(annotation);
      System.arraycopy(image, 0, pixels, count * imageSize, imageSize);
      count++;
      return this;
    }

    /**
     * The chunk, ordered by slot.
     *
     * @throws IllegalStateException if a slot was filled twice
     */
    public Chunk build() {
      long[] keys = new long[count];
      for (int i = 0; i < count; i++) {
        keys[i] = (long) slots[i] << 32 | i;
      }
      Arrays.sort(keys);
      int[] order = new int[count];
      for (int i = 0; i < count; i++) {
        order[i] = (int) keys[i];
        if (i > 0 && keys[i] >> 32 == keys[i - 1] >> 32) {
          throw new IllegalStateException(
              String.format(
                  "chunk %d of shard %d: slot %d is filled twice", index, shard, keys[i] >> 32));
        }
      }
      return new Chunk(this, order);
    }
  }
}
