package org.convoy.image.codec;

import java.util.ArrayList;
import java.util.List;

/** One scan of a JPEG file (ITU-T T.81, B.2.3): goes over its blocks in their order. */
final class JpegScan {
  private final JpegFrame frame;
  private final List<JpegComponent> components = new ArrayList<>();
  private final JpegBits bits;
  private final JpegBlocks blocks;
  private final int restartInterval;

  JpegScan(byte[] file, JpegSegment segment, JpegFrame frame, JpegTables tables)
      throws RejectedException {
    this.frame = frame;
    this.bits = new JpegBits(file, segment.end(), segment.dataEnd());
    this.restartInterval = tables.restartInterval();
    int from = segment.from();
    int count = segment.length() > 0 ? file[from] & 0xff : 0;
    if (count < 1 || segment.length() < 4 + 2 * count) {
      throw new RejectedException("JPEG file has a damaged scan header");
    }
    int parameters = from + 1 + 2 * count;
    this.blocks =
        frame.progressive()
            ? JpegBlocks.Progressive.of(file, parameters, count, bits)
            : new JpegBlocks.Sequential(bits);
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

  /** Decodes all of its blocks. */
  void read() throws RejectedException {
    if (components.size() == 1) {
      readBlocks(components.get(0));
    } else {
      readUnits();
    }
    bits.finish();
  }

  /** A single component comes block by block, without those that fill up units. */
  private void readBlocks(JpegComponent component) throws RejectedException {
    int across = component.realBlocksAcross();
    int count = across * component.realBlocksDown();
    for (int i = 0; i < count; i++) {
      restartBefore(i);
      blocks.read(component, i / across, i % across);
    }
  }

  /** Several components come unit by unit. */
  private void readUnits() throws RejectedException {
    int across = frame.unitsAcross();
    int count = across * frame.unitsDown();
    for (int i = 0; i < count; i++) {
      restartBefore(i);
      for (JpegComponent component : components) {
        for (int y = 0; y < component.down; y++) {
          for (int x = 0; x < component.across; x++) {
            int row = i / across * component.down + y;
            blocks.read(component, row, i % across * component.across + x);
          }
        }
      }
    }
  }

  private void restartBefore(int unit) throws RejectedException {
    bits.check();
    if (restartInterval > 0 && unit > 0 && unit % restartInterval == 0) {
      bits.restart(unit / restartInterval - 1);
      blocks.restart();
    }
  }
}
