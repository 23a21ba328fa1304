package org.convoy;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.MemoryCacheImageOutputStream;
import org.convoy.checkpoint.SafetensorsReader;
import org.convoy.checkpoint.TensorEntry;
import org.convoy.data.cifar.CifarFormat;
import org.convoy.data.cifar.CifarReader;
import org.convoy.data.idx.IdxImageReader;
import org.convoy.image.DecodeResult;
import org.convoy.image.ImageDecoder;
import org.convoy.image.RgbColor;
import org.convoy.image.Truncation;
import org.convoy.image.codec.DecodingOptions;
import org.convoy.image.codec.PictureDecoder;
import org.convoy.image.codec.VolumeDecoder;
import org.convoy.image.codec.VolumeForm;
import org.convoy.model.LeNet5;
import org.convoy.nn.Network;
import org.convoy.onnx.OnnxExporter;
import org.convoy.onnx.format.OnnxModel;
import org.convoy.random.RandomKey;
import org.convoy.tensor.Shape;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Files of every kind that is read, damaged at random but always the same way: none does more than
 * be refused by the exception, or result, that its reader promises, in little time, and without
 * taking more memory than its length and the limit of pixels allow.
 */
class DamagedFilesTest {
  /** Enough for the pictures that are damaged. */
  private static final long MAXIMUM_PIXELS = 20_000;

  /** What a reader may allocate for each pixel of the limit, and for each byte of the file. */
  private static final long BYTES_A_PIXEL = 200;

  private static final long BYTES_A_BYTE = 40;
  private static final long BYTES_ANYWAY = 1 << 20;
  private static final long NANOSECONDS_A_FILE = 20_000_000_000L;

  private static final ImageDecoder PICTURES =
      new PictureDecoder(3, DecodingOptions.ofPixels(MAXIMUM_PIXELS));
  private static final ImageDecoder TOLERANT =
      new PictureDecoder(1, new DecodingOptions(MAXIMUM_PIXELS, RgbColor.BLACK, Truncation.ACCEPT));
  private static final ImageDecoder VOLUMES =
      new VolumeDecoder(3, new VolumeForm(3, List.of()), DecodingOptions.ofPixels(MAXIMUM_PIXELS));

  private final ThreadMXBean memory = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  /** Reads a file; throws nothing but what it promises. */
  @FunctionalInterface
  private interface Reader {
    void read(byte[] file) throws IOException;
  }

  private record Kind(String name, List<byte[]> files, Reader reader) {}

  @Test
  @Timeout(120)
  void aThousandDamagedFilesDoNoMoreThanBeRefused() throws IOException {
    damage(1000, RandomKey.ofSeed(1));
  }

  @Test
  @Tag("long")
  void twentyThousandDamagedFilesDoNoMoreThanBeRefused() throws IOException {
    damage(20_000, RandomKey.ofSeed(2));
  }

  private void damage(int count, RandomKey seed) throws IOException {
    List<Kind> kinds = kinds();
    for (Kind kind : kinds) {
      for (byte[] file : kind.files()) {
        // Undamaged first, which loads classes.
        kind.reader().read(file);
      }
    }
    for (int i = 0; i < count; i++) {
      Kind kind = kinds.get(i % kinds.size());
      RandomKey key = seed.with(kind.name()).with(i);
      byte[] file = kind.files().get((int) key.below(0, kind.files().size()));
      check(kind, damaged(file, key.with("damage")), i);
    }
  }

  private void check(Kind kind, byte[] file, int number) {
    String what = kind.name() + " number " + number;
    long allocated = memory.getCurrentThreadAllocatedBytes();
    long begin = System.nanoTime();
    try {
      kind.reader().read(file);
    } catch (IOException e) {
      assertThat(e.getMessage()).as(what).isNotEmpty();
    } catch (RuntimeException | StackOverflowError | OutOfMemoryError e) {
      throw new AssertionError(what, e);
    }
    assertThat(System.nanoTime() - begin).as(what).isLessThan(NANOSECONDS_A_FILE);
    assertThat(memory.getCurrentThreadAllocatedBytes() - allocated)
        .as(what)
        .isLessThan(BYTES_ANYWAY + BYTES_A_PIXEL * MAXIMUM_PIXELS + BYTES_A_BYTE * file.length);
  }

  /** Bits turned, bytes set, ranges repeated, left out or cut off; half of it in the header. */
  private static byte[] damaged(byte[] original, RandomKey key) {
    byte[] file = original.clone();
    int changes = 1 + (int) key.below(0, 4);
    for (int change = 1; change <= changes && file.length > 0; change++) {
      RandomKey draw = key.with(change);
      int reach = draw.below(0, 2) == 0 ? Math.min(80, file.length) : file.length;
      int at = (int) draw.below(1, reach);
      int length = 1 + (int) draw.below(2, Math.min(32, file.length - at));
      switch ((int) draw.below(3, 8)) {
        case 0 -> file[at] ^= (byte) (1 << draw.below(4, 8));
        case 1 -> file[at] = (byte) draw.bits(4);
        case 2 -> file[at] = (byte) (draw.below(4, 2) == 0 ? 0 : 0xff);
        case 3 -> Arrays.fill(file, at, at + length, (byte) (draw.below(4, 2) == 0 ? 0xff : 0x7f));
        case 4 -> {
          byte[] shorter = Arrays.copyOf(file, file.length - length);
          System.arraycopy(file, at + length, shorter, at, file.length - at - length);
          file = shorter;
        }
        case 5 -> {
          byte[] longer = Arrays.copyOf(file, file.length + length);
          System.arraycopy(file, at, longer, at + length, file.length - at);
          file = longer;
        }
        case 6 -> file = Arrays.copyOf(file, at);
        default ->
            System.arraycopy(
                file, (int) draw.below(4, file.length - length + 1L), file, at, length);
      }
    }
    return file;
  }

  private static void decode(byte[] file) throws IOException {
    for (ImageDecoder decoder : List.of(PICTURES, TOLERANT, VOLUMES)) {
      decode(decoder, file);
    }
  }

  private static void decode(ImageDecoder decoder, byte[] file) {
    DecodeResult result = decoder.decode(file);
    assertThat(result.problem()).doesNotStartWith("the decoder failed");
    assertThat(result.picture().isPresent()).isEqualTo(result.problem().isEmpty());
  }

  private static List<Kind> kinds() throws IOException {
    return List.of(
        new Kind(
            "jpeg",
            List.of(
                picture("odd/made/31x17.jpg"),
                picture("hopper_progressive.jpg"),
                picture("hopper_411.jpg")),
            DamagedFilesTest::decode),
        new Kind(
            "png",
            List.of(written("png", ""), picture("odd/pillow/rgb_trns.png")),
            DamagedFilesTest::decode),
        new Kind(
            "gif",
            List.of(written("gif", ""), picture("odd/made/gif-named.jpeg")),
            DamagedFilesTest::decode),
        new Kind("bmp", List.of(written("bmp", ""), runs()), DamagedFilesTest::decode),
        new Kind(
            "webp", List.of(picture("odd/pillow/hopper.webp")), file -> decode(PICTURES, file)),
        new Kind(
            "tiff",
            List.of(written("tiff", ""), written("tiff", "LZW"), written("tiff", "ZLib")),
            DamagedFilesTest::decode),
        new Kind("nifti", List.of(volume(false), volume(true)), DamagedFilesTest::decode),
        new Kind("idx", List.of(idx()), DamagedFilesTest::readIdx),
        new Kind("cifar", List.of(new byte[2 * 3073]), DamagedFilesTest::readCifar),
        new Kind(
            "safetensors",
            List.of(resource("/org/convoy/checkpoint/model-v1.safetensors")),
            DamagedFilesTest::readSafetensors),
        new Kind("onnx", List.of(onnx()), file -> OnnxModel.parse(file, "damaged.onnx")));
  }

  private static void readIdx(byte[] file) throws IOException {
    try (IdxImageReader in = IdxImageReader.open(new ByteArrayInputStream(file), "damaged")) {
      int size = in.imageShape().elementCount();
      if (size <= 3 * MAXIMUM_PIXELS) {
        byte[] image = new byte[size];
        while (in.next(image, 0)) {
          assertThat(image).isNotEmpty();
        }
      }
    }
  }

  private static void readCifar(byte[] file) throws IOException {
    try (CifarReader in =
        CifarReader.open(new ByteArrayInputStream(file), "damaged", CifarFormat.CIFAR10)) {
      byte[] image = new byte[CifarReader.IMAGE.elementCount()];
      while (in.next(image, 0)) {
        assertThat(in.label()).isBetween(0, 9);
      }
    }
  }

  private static void readSafetensors(byte[] file) throws IOException {
    SafetensorsReader in =
        SafetensorsReader.open(new ByteArrayInputStream(file), "damaged", file.length);
    for (TensorEntry entry : in.tensors()) {
      assertThat(in.read(entry)).hasSize((int) entry.elementCount());
    }
    in.finish();
  }

  private static byte[] picture(String name) throws IOException {
    return resource("/org/convoy/image/codec/" + name);
  }

  private static byte[] resource(String name) throws IOException {
    try (InputStream in = DamagedFilesTest.class.getResourceAsStream(name)) {
      assertThat(in).as(name).isNotNull();
      return in.readAllBytes();
    }
  }

  private static byte[] written(String format, String compression) throws IOException {
    BufferedImage picture = new BufferedImage(20, 10, BufferedImage.TYPE_BYTE_INDEXED);
    for (int i = 0; i < 200; i++) {
      picture.getRaster().setSample(i % 20, i / 20, 0, i * i & 0xff);
    }
    ImageWriter writer = ImageIO.getImageWritersByFormatName(format).next();
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (MemoryCacheImageOutputStream out = new MemoryCacheImageOutputStream(bytes)) {
      ImageWriteParam options = writer.getDefaultWriteParam();
      if (!compression.isEmpty()) {
        options.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
        options.setCompressionType(compression);
      }
      writer.setOutput(out);
      writer.write(null, new IIOImage(picture, null, null), options);
    } finally {
      writer.dispose();
    }
    return bytes.toByteArray();
  }

  /** A BMP of 4x2 pixels in run lengths. */
  private static byte[] runs() {
    byte[] file = new byte[14 + 40 + 8 + 10];
    ByteBuffer out = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
    out.put(0, (byte) 'B').put(1, (byte) 'M').putInt(10, 62).putInt(14, 40);
    out.putInt(18, 4).putInt(22, 2).putShort(26, (short) 1).putShort(28, (short) 8);
    out.putInt(30, 1).putInt(46, 2).putInt(54, 0x102030).putInt(58, 0x405060);
    out.put(62, new byte[] {4, 1, 0, 0, 0, 3, 1, 0, 1, 0});
    return file;
  }

  private static byte[] volume(boolean packed) throws IOException {
    byte[] file = new byte[352 + 2 * 4 * 3 * 5];
    ByteBuffer out = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
    out.putInt(0, 348).putShort(40, (short) 3);
    out.putShort(42, (short) 4).putShort(44, (short) 3).putShort(46, (short) 5);
    out.putShort(70, (short) 4).putFloat(108, 352).putFloat(112, 2);
    out.put(344, new byte[] {'n', '+', '1', 0});
    if (!packed) {
      return file;
    }
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (GZIPOutputStream zip = new GZIPOutputStream(bytes)) {
      zip.write(file);
    }
    return bytes.toByteArray();
  }

  private static byte[] idx() {
    byte[] file = new byte[16 + 3 * 28 * 28];
    ByteBuffer.wrap(file).putInt(0x803).putInt(3).putInt(28).putInt(28);
    return file;
  }

  private static byte[] onnx() throws IOException {
    Network network = new LeNet5().build(Shape.of(1, 28, 28), 10);
    OnnxModel model = OnnxExporter.export(network, network.initialize(1), "test");
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    model.write(bytes);
    return bytes.toByteArray();
  }
}
