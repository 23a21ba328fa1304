package org.convoy.image.codec;

import java.lang.ref.SoftReference;

/**
 * What a thread keeps from one JPEG file to the next: half a megabyte, whatever the files are. Most
 * files of a data set have the same Huffman tables.
 */
final class JpegMemory {
  private static final ThreadLocal<SoftReference<JpegMemory>> OF_THREAD = new ThreadLocal<>();

  private final JpegBatch batch = new JpegBatch();
  private final JpegLanes lanes = new JpegLanes();
  private final JpegHuffman[] huffman = new JpegHuffman[32];

  private JpegMemory() {}

  /** This thread's, cleared. */
  static JpegMemory ofThread() {
    SoftReference<JpegMemory> reference = OF_THREAD.get();
    JpegMemory memory = reference == null ? null : reference.get();
    if (memory == null) {
      memory = new JpegMemory();
      OF_THREAD.set(new SoftReference<>(memory));
    }
    memory.batch.clear();
    return memory;
  }

  JpegBatch batch() {
    return batch;
  }

  JpegLanes lanes() {
    return lanes;
  }

  /**
   * The Huffman table that a file defines, which may be the one that the last file had there.
   *
   * @param place kind and number of the table, in 0..31
   */
  JpegHuffman huffman(int place, byte[] file, int from, int symbolCount) throws RejectedException {
    JpegHuffman last = huffman[place];
    if (last == null || !last.isDefinedBy(file, from, symbolCount)) {
      huffman[place] = new JpegHuffman(file, from, symbolCount);
    }
    return huffman[place];
  }
}
