package org.convoy.image.codec;

import java.util.Arrays;

/** How the blocks of a scan are coded. */
abstract class JpegBlocks {
  final JpegBits bits;
  private final JpegHuffman[] direct = new JpegHuffman[256];
  private final JpegHuffman[] alternating = new JpegHuffman[256];
  private JpegComponent[] components = new JpegComponent[0];

  private JpegBlocks(JpegBits bits) {
    this.bits = bits;
  }

  /** Names the tables of one of the scan's components. */
  void use(JpegComponent component, JpegTables tables, int directNumber, int alternatingNumber)
      throws RejectedException {
    component.prediction = 0;
    components = Arrays.copyOf(components, components.length + 1);
    components[components.length - 1] = component;
    if (needsDirect()) {
      direct[component.id] = tables.direct(directNumber);
    }
    if (needsAlternating()) {
      alternating[component.id] = tables.alternating(alternatingNumber);
    }
  }

  abstract boolean needsDirect();

  abstract boolean needsAlternating();

  /** Reads the next block, which is this one. */
  abstract void read(JpegComponent component, int row, int column) throws RejectedException;

  /** Forgets what blocks before a restart marker said. */
  void restart() {
    for (JpegComponent component : components) {
      component.prediction = 0;
    }
  }

  final int readDirect(JpegComponent component) throws RejectedException {
    component.prediction += direct[component.id].readValue(bits);
    return component.prediction;
  }

  final JpegHuffman alternating(JpegComponent component) {
    return alternating[component.id];
  }

  static RejectedException tooMany() {
    return new RejectedException("JPEG file is damaged: a block of more than 64 coefficients");
  }

  /** All of a block at once (ITU-T T.81, F.2.2). */
  static final class Sequential extends JpegBlocks {
    private final JpegBatch batch;

    Sequential(JpegBits bits, JpegBatch batch) {
      super(bits);
      this.batch = batch;
    }

    @Override
    boolean needsDirect() {
      return true;
    }

    @Override
    boolean needsAlternating() {
      return true;
    }

    @Override
    void read(JpegComponent component, int row, int column) throws RejectedException {
      int direct = readDirect(component) * component.orderedQuantization[0];
      int spread = readAlternating(alternating(component), component.orderedQuantization);
      batch.finish(component, row, column, direct, spread);
    }

    /**
     * Reads all coefficients but the first into the batch; the reader's state is in variables
     * meanwhile.
     *
     * @return all values, negative ones inverted, joined by or; -1 if there is none
     */
    private int readAlternating(JpegHuffman table, int[] quantization) throws RejectedException {
      JpegBits source = bits;
      byte[] data = source.data;
      int lastOfEight = source.lastOfEight();
      long buffer = source.buffer;
      int count = source.count;
      int position = source.position;
      int[] lookup = table.lookup();
      int[] coefficients = batch.coefficients();
      int lane = batch.lane();
      int spread = -1;
      int k = 1;
      while (k < 64) {
        if (count < JpegBits.ENOUGH) {
          long next = position <= lastOfEight ? JpegBits.eightBytes(data, position) : -1;
          if (JpegBits.isPlain(next)) {
            buffer |= next >>> count;
            position += (63 - count) >> 3;
            count |= 56;
          } else {
            source.buffer = buffer;
            source.count = count;
            source.position = position;
            source.fill();
            buffer = source.buffer;
            count = source.count;
            position = source.position;
          }
        }
        int entry = lookup[(int) (buffer >>> (Long.SIZE - JpegHuffman.LOOKUP_BITS))];
        int value = entry >> 16;
        if (value == 0) {
          entry = entry != 0 ? entry : table.entry(buffer);
          int length = entry & 0xff;
          int category = entry >> 8 & 15;
          if (category == 0) {
            if (entry >> 8 == 0xf0) {
              k += 16;
              buffer <<= length;
              count -= length;
              if (k > 64) {
                throw tooMany();
              }
              continue;
            } else if (entry == 0) {
              source.count = count;
              throw JpegHuffman.noSuchCode(source);
            }
            buffer <<= length;
            count -= length;
            break;
          }
          buffer <<= length;
          value = JpegBits.signed((int) (buffer >>> (Long.SIZE - category)), category);
          buffer <<= category;
          count -= length + category;
        } else {
          buffer <<= entry & 0xff;
          count -= entry & 0xff;
        }
        k += entry >> 12 & 15;
        if (k > 63) {
          throw tooMany();
        }
        int product = value * quantization[k];
        coefficients[JpegBatch.PLACES[k] + lane] = product;
        spread = Math.max(spread, 0) | (product ^ (product >> 31));
        k++;
      }
      source.buffer = buffer;
      source.count = count;
      source.position = position;
      return spread;
    }
  }

  /** One band of a block's coefficients, or one more bit of them (ITU-T T.81, G.1.2). */
  static final class Progressive extends JpegBlocks {
    private static final int MAXIMUM_SHIFT = 13;

    private final int first;
    private final int last;
    private final boolean refining;
    private final int shift;

    /** How many blocks are still to come whose band holds nothing new. */
    private int emptyBlocks;

    private Progressive(JpegBits bits, int first, int last, boolean refining, int shift) {
      super(bits);
      this.first = first;
      this.last = last;
      this.refining = refining;
      this.shift = shift;
    }

    /**
     * @param at where the last three bytes of the scan header stand
     */
    static Progressive of(byte[] file, int at, int componentCount, JpegBits bits)
        throws RejectedException {
      int first = file[at] & 0xff;
      int last = file[at + 1] & 0xff;
      int before = (file[at + 2] & 0xff) >> 4;
      int shift = file[at + 2] & 15;
      boolean direct = first == 0 && last == 0;
      boolean alternating = first > 0 && first <= last && last < 64 && componentCount == 1;
      if (!(direct || alternating)
          || shift > MAXIMUM_SHIFT
          || (before != 0 && before != shift + 1)) {
        throw new RejectedException("JPEG file has an impossible progressive scan");
      }
      return new Progressive(bits, first, last, before != 0, shift);
    }

    @Override
    boolean needsDirect() {
      return first == 0 && !refining;
    }

    @Override
    boolean needsAlternating() {
      return first > 0;
    }

    @Override
    void restart() {
      super.restart();
      emptyBlocks = 0;
    }

    @Override
    void read(JpegComponent component, int row, int column) throws RejectedException {
      short[] coefficients = component.coefficients;
      int at = (row * component.blocksAcross + column) * 64;
      if (first == 0) {
        if (!refining) {
          coefficients[at] = (short) (readDirect(component) << shift);
        } else if (bits.read(1) == 1) {
          coefficients[at] |= (short) (1 << shift);
        }
      } else if (refining) {
        refine(alternating(component), coefficients, at);
      } else {
        readBand(alternating(component), coefficients, at);
      }
    }

    private void readBand(JpegHuffman table, short[] coefficients, int at)
        throws RejectedException {
      if (emptyBlocks > 0) {
        emptyBlocks--;
        return;
      }
      for (int k = first; k <= last; k++) {
        int symbol = table.read(bits);
        int run = symbol >> 4;
        int category = symbol & 15;
        if (category == 0 && run < 15) {
          emptyBlocks = (1 << run) - 1 + bits.read(run);
          return;
        }
        k += run;
        if (k > last) {
          throw tooMany();
        }
        int value = bits.readSigned(category);
        coefficients[at + JpegTables.ZIGZAG[k]] = (short) (value << shift);
      }
    }

    private void refine(JpegHuffman table, short[] coefficients, int at) throws RejectedException {
      int k = first;
      while (k <= last && emptyBlocks == 0) {
        int symbol = table.read(bits);
        int run = symbol >> 4;
        int category = symbol & 15;
        if (category == 0 && run < 15) {
          emptyBlocks = (1 << run) + bits.read(run);
          break;
        } else if (category > 1) {
          throw new RejectedException("JPEG file is damaged: a refinement of more than one bit");
        }
        int value = category == 0 ? 0 : (2 * bits.read(1) - 1) * (1 << shift);
        k = refineRun(coefficients, at, k, run);
        if (k <= last && value != 0) {
          coefficients[at + JpegTables.ZIGZAG[k]] = (short) value;
        } else if (k > last && value != 0) {
          throw tooMany();
        }
        k++;
      }
      if (emptyBlocks > 0) {
        refineRun(coefficients, at, k, 64);
        emptyBlocks--;
      }
    }

    /** Passes over so many zeros, and gives each coefficient between them its bit. */
    private int refineRun(short[] coefficients, int at, int from, int zeros) {
      int left = zeros;
      int k = from;
      for (; k <= last; k++) {
        int index = at + JpegTables.ZIGZAG[k];
        if (coefficients[index] == 0) {
          if (left-- == 0) {
            return k;
          }
        } else if (bits.read(1) == 1 && ((Math.abs(coefficients[index]) >> shift) & 1) == 0) {
          coefficients[index] += (short) (coefficients[index] > 0 ? 1 << shift : -1 << shift);
        }
      }
      return k;
    }
  }
}
