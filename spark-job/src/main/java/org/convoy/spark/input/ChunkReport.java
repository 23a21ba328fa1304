package org.convoy.spark.input;

import java.io.Serializable;
import java.util.Iterator;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.convoy.data.Annotation;
import org.convoy.data.Chunk;
import org.convoy.image.Box;

/**
 * What the driver hears of a chunk: a few numbers, however much is wrong.
 *
 * @param images number of images in the chunk
 * @param listed number of images in the quarantine, those that are used all the same included
 * @param undecodable number of images left out
 * @param classes how many images show each class
 * @param digest SHA-256 of the chunk's content
 */
record ChunkReport(int images, int listed, int undecodable, ClassTally classes, String digest)
    implements Serializable {
  static ChunkReport of(PackedChunk packed) {
    return new ChunkReport(
        packed.chunk().size(),
        packed.undecodable().size(),
        (int) packed.undecodable().stream().filter(image -> !image.used()).count(),
        ClassTally.of(packed.chunk()),
        digest(packed.chunk()));
  }

  private static String digest(Chunk chunk) {
    Fingerprint fingerprint =
        new Fingerprint().add(chunk.shard()).add(chunk.index()).add(chunk.imageShape().toString());
    boolean plain = chunk.hasPlainLabels();
    for (int i = 0; i < chunk.size(); i++) {
      fingerprint.add(chunk.slot(i)).add(chunk.id(i));
      if (plain) {
        fingerprint.add(chunk.annotation(i).label());
      } else {
        add(fingerprint, chunk.annotation(i));
      }
    }
    return fingerprint.add(chunk.pixels(), 0, chunk.pixels().length).finish();
  }

  private static void add(Fingerprint fingerprint, Annotation annotation) {
    int count = annotation.labelCount();
    fingerprint.add(annotation.isKnown() ? count : -1).add(annotation.hasBoxes() ? 1 : 0);
    for (int i = 0; i < count; i++) {
      fingerprint.add(annotation.label(i));
    }
    for (Box box : annotation.boxes()) {
      fingerprint.add(box.top()).add(box.left()).add(box.bottom()).add(box.right());
    }
  }

  /** Makes the reports of a partition's chunks. */
  static final class Write implements FlatMapFunction<Iterator<PackedChunk>, ChunkReport> {
    private static final long serialVersionUID = 1L;

    @Override
    public Iterator<ChunkReport> call(Iterator<PackedChunk> chunks) {
      return new MappedIterator<>(chunks, ChunkReport::of);
    }
  }
}
