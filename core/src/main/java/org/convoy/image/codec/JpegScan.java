package org.convoy.image.codec;

import java.util.ArrayList;
import java.util.List;

/** One scan of a JPEG file (ITU-T T.81, B.2.3): goes over its blocks in their order. */
final class JpegScan {
  private final JpegFrame frame;
  private final List<JpegComponent> components = new ArrayList<>();
  private final JpegBits bits;
  private final JpegBlocks blocks;
  private final JpegBatch batch;
  private final int restartInterval;

  /** How many units are left before a restart marker, and how many markers there were. */
  private int unitsLeft;

  private int restarts;

  JpegScan(byte[] file, JpegSegment segment, JpegFrame frame, JpegTables tables, JpegBatch batch)
      throws RejectedException {
    this.frame = frame;
    this.batch = batch;
    this.bits = new JpegBits(file, segment.end(), segment.dataEnd());
    this.restartInterval = tables.restartInterval();
    this.unitsLeft = restartInterval;
    int from = segment.from();
    int count = segment.length() > 0 ? file[from] & 0xff : 0;
    if (count < 1 || segment.length() < 4 + 2 * count) {
      throw new RejectedException("JPEG file has a damaged scan header");
    }
    int parameters = from + 1 + 2 * count;
    this.blocks =
        frame.progressive()
            ? JpegBlocks.Progressive.of(file, parameters, count, bits)
            : new JpegBlocks.Sequential(bits, batch);
    for (int i = 0; i < count; i++) {
      JpegComponent component = frame.component(file[from + 1 + 2 * i] & 0xff);
      int numbers = file[from + 2 + 2 * i] & 0xff;
      component.begin(tables.quantization(component.tableNumber), frame.progressive());
      blocks.use(component, tables, numbers >> 4, numbers & 15);
      components.add(component);
    }
  }

  /** The components that it brings. */
  List<JpegComponent> components() {
    return components;
  }

  /** Decodes all of its blocks; those before the end of a truncated scan too. */
  void read() throws RejectedException {
    try {
      if (components.size() == 1) {
        readBlocks(components.get(0));
      } else {
        readUnits();
      }
    } finally {
      batch.flush();
    }
    bits.finish();
  }

  /** A single component comes block by block, without those that fill up units. */
  private void readBlocks(JpegComponent component) throws RejectedException {
    int across = component.realBlocksAcross();
    int down = component.realBlocksDown();
    for (int row = 0; row < down; row++) {
      for (int column = 0; column < across; column++) {
        restartIfDue();
        blocks.read(component, row, column);
      }
    }
  }

  /** Several components come unit by unit. */
  private void readUnits() throws RejectedException {
    int across = frame.unitsAcross();
    int down = frame.unitsDown();
    for (int row = 0; row < down; row++) {
      for (int column = 0; column < across; column++) {
        restartIfDue();
        for (JpegComponent component : components) {
          readUnit(component, row, column);
        }
      }
    }
  }

  private void readUnit(JpegComponent component, int row, int column) throws RejectedException {
    for (int y = 0; y < component.down; y++) {
      for (int x = 0; x < component.across; x++) {
        blocks.read(component, row * component.down + y, column * component.across + x);
      }
    }
  }

  /** Called before each unit. */
  private void restartIfDue() throws RejectedException {
    bits.check();
    if (restartInterval > 0 && unitsLeft == 0) {
      bits.restart(restarts++);
      blocks.restart();
      unitsLeft = restartInterval;
    }
    unitsLeft--;
  }
}
