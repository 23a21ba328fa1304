package org.convoy.image.codec;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.zip.CRC32;
import org.convoy.image.Image;
import org.junit.jupiter.api.Test;

class WebpDecoderTest {
  @Test
  void pixelsAreTheSameOnEveryJvm() throws IOException {
    CRC32 crc = new CRC32();
    crc.update(Pictures.decoded(Pictures.file("hopper.webp"), 3).toArray());
    assertThat(Long.toHexString(crc.getValue())).isEqualTo("45bbe7fa");
  }

  @Test
  void aLossyPictureIsNearTheOriginal() throws IOException {
    Image lossy = Pictures.decoded(Pictures.file("hopper.webp"), 3);
    Image original = Pictures.decoded(Pictures.file("hopper.png"), 3);
    assertThat(Pictures.meanDifference(lossy, original)).isLessThan(5);
  }

  @Test
  void aTruncatedFileIsRefused() throws IOException {
    byte[] file = Pictures.file("hopper.webp");
    for (int length = 12; length < file.length - 1; length += 97) {
      assertThat(Pictures.problem(Arrays.copyOf(file, length))).startsWith("WebP file ");
    }
  }

  @Test
  void aProfileChangesNothing() throws IOException {
    byte[] file = Pictures.file("hopper.webp");
    ByteBuffer out = ByteBuffer.allocate(file.length + 100).order(ByteOrder.LITTLE_ENDIAN);
    out.put(file, 0, 12).put(latin("VP8X")).putInt(10).putInt(0x20);
    out.put(new byte[] {127, 0, 0, 127, 0, 0}).put(latin("ICCP")).putInt(4).putInt(0);
    out.put(file, 12, file.length - 12).putInt(4, out.position() - 8);
    assertThat(Pictures.decoded(Arrays.copyOf(out.array(), out.position()), 3).toArray())
        .containsExactly(Pictures.decoded(file, 3).toArray());
  }

  @Test
  void hugeSizesAreRefusedBeforeMemoryIsTaken() {
    ByteBuffer out = ByteBuffer.allocate(30).order(ByteOrder.LITTLE_ENDIAN);
    out.put(latin("RIFF")).putInt(22).put(latin("WEBPVP8L")).putInt(10);
    out.put((byte) 0x2f).putInt(16_000 | 16_000 << 14);
    ThreadMXBean thread = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long before = thread.getCurrentThreadAllocatedBytes();
    String problem = Pictures.problem(out.array());
    assertThat(thread.getCurrentThreadAllocatedBytes() - before).isLessThan(1_000_000);
    assertThat(problem).contains("16001 x 16001 pixels (width x height)");
  }

  private static byte[] latin(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }
}
