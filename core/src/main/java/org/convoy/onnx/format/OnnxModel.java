package org.convoy.onnx.format;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * A ModelProto: a graph with the versions of the operators that it means.
 *
 * @param irVersion of the file format
 * @param producer name and version of the program that wrote it
 * @param opsets version of each operator set by its domain; empty for ONNX's own
 */
public record OnnxModel(
    long irVersion, String producer, Map<String, Long> opsets, OnnxGraph graph) {
  /** Protobuf's own limit. */
  private static final long MAXIMUM_BYTES = Integer.MAX_VALUE - 8;

  public OnnxModel {
    opsets = Map.copyOf(opsets);
  }

  /** Version of ONNX's own operator set. */
  public long opset() {
    return opset("");
  }

  /** Version of an operator set; 1 where the file does not say, as before IR version 3. */
  public long opset(String domain) {
    return opsets.getOrDefault(domain, 1L);
  }

  /**
   * Reads a model that is all in memory.
   *
   * @param file what messages call it
   * @throws OnnxFileException if it is none
   */
  public static OnnxModel parse(byte[] content, String file) throws OnnxFileException {
    WireReader in = WireReader.of(content, file, "model");
    long irVersion = 0;
    String producer = "";
    String producerVersion = "";
    Map<String, Long> opsets = new TreeMap<>();
    OnnxGraph graph = null;
    while (in.next()) {
      switch (in.field()) {
        case 1 -> irVersion = in.varint("ir_version");
        case 2 -> producer = in.string("producer_name");
        case 3 -> producerVersion = in.string("producer_version");
        case 7 -> graph = OnnxGraph.read(in.message("graph"));
        case 8 -> readOpset(in.message("opset_import"), opsets);
        default -> in.skip();
      }
    }
    if (graph == null || irVersion < 1) {
      throw in.error(
          "expected an ONNX model, but "
              + (graph == null ? "the graph" : "the version of the format (ir_version)")
              + " is missing");
    }
    return new OnnxModel(irVersion, (producer + " " + producerVersion).strip(), opsets, graph);
  }

  /**
   * Reads a model from a stream.
   *
   * @param in at the beginning; not closed
   * @param file what messages call it
   * @param size length of the whole file, as its file system says
   */
  public static OnnxModel read(InputStream in, String file, long size) throws IOException {
    if (size > MAXIMUM_BYTES) {
      throw new OnnxFileException(
          String.format(
              Locale.ROOT, "%s: %,d bytes are more than an ONNX file can have", file, size));
    }
    byte[] content = in.readNBytes((int) size);
    if (content.length < size) {
      throw new OnnxFileException(
          String.format(
              Locale.ROOT, "%s: the file ends after %,d of %,d bytes", file, content.length, size));
    }
    return parse(content, file);
  }

  /** {@link #read(InputStream, String, long)} of a file. */
  public static OnnxModel read(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      return read(in, file.toString(), Files.size(file));
    }
  }

  private static void readOpset(WireReader in, Map<String, Long> opsets) throws OnnxFileException {
    String domain = "";
    long version = 0;
    while (in.next()) {
      switch (in.field()) {
        case 1 -> domain = in.string("domain");
        case 2 -> version = in.varint("version");
        default -> in.skip();
      }
    }
    opsets.put(domain.equals("ai.onnx") ? "" : domain, version);
  }

  /**
   * Writes the model; the same model gives the same bytes.
   *
   * @param out not closed, not flushed
   * @throws IllegalArgumentException if it is larger than protobuf allows
   */
  public void write(OutputStream out) throws IOException {
    WireWriter model = new WireWriter();
    model.varint(1, irVersion);
    model.stringIfAny(2, producer);
    model.message(7, graph.write());
    new TreeMap<>(opsets)
        .forEach(
            (domain, version) -> {
              WireWriter opset = new WireWriter();
              opset.string(1, domain);
              opset.varint(2, version);
              model.message(8, opset);
            });
    if (model.length() > MAXIMUM_BYTES) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "the model needs %,d bytes, more than an ONNX file can have",
              model.length()));
    }
    model.writeTo(out);
  }
}
