package org.convoy.checkpoint;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.convoy.description.DescriptionException;
import org.convoy.description.Json;

/**
 * The JSON at the beginning of a safetensors file, read and checked: every tensor lies inside the
 * data, has the bytes that its shape and type need, and all together fill the data without gap or
 * overlap.
 */
final class SafetensorsHeader {
  static final String METADATA = "__metadata__";
  private static final int LONGEST_QUOTE = 200;

  private final String file;
  private final long dataLength;
  private final Map<String, String> metadata = new LinkedHashMap<>();
  private final List<TensorEntry> entries = new ArrayList<>();

  private SafetensorsHeader(String file, long dataLength) {
    this.file = file;
    this.dataLength = dataLength;
  }

  /**
   * @param json the header's bytes, spaces at the end allowed
   * @param dataLength bytes after the header
   * @param file what messages call the file
   * @throws ModelFileException if anything in it is not as the format says
   */
  static SafetensorsHeader parse(byte[] json, long dataLength, String file)
      throws ModelFileException {
    SafetensorsHeader header = new SafetensorsHeader(file, dataLength);
    for (Map.Entry<String, Object> field : header.parseJson(json).entrySet()) {
      if (field.getKey().equals(METADATA)) {
        header.readMetadata(field.getValue());
      } else {
        header.entries.add(header.entry(field.getKey(), field.getValue()));
      }
    }
    header.entries.sort(
        Comparator.comparingLong(TensorEntry::begin).thenComparingLong(TensorEntry::end));
    header.requireContiguous();
    return header;
  }

  /** Texts by name, in the order of the file. */
  Map<String, String> metadata() {
    return Collections.unmodifiableMap(metadata);
  }

  /** All tensors in the order of their data. */
  List<TensorEntry> entries() {
    return Collections.unmodifiableList(entries);
  }

  private Map<String, Object> parseJson(byte[] json) throws ModelFileException {
    try {
      return Json.parseObject(
          StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(json)).toString());
    } catch (CharacterCodingException e) {
      throw new ModelFileException(file + ": the header is not UTF-8 text", e);
    } catch (DescriptionException e) {
      throw new ModelFileException(
          file + ": the header is damaged: " + shortened(e.getMessage()), e);
    }
  }

  private void readMetadata(Object value) throws ModelFileException {
    if (!(value instanceof Map<?, ?> map)) {
      throw damaged(METADATA, "an object", value);
    }
    for (Map.Entry<?, ?> item : map.entrySet()) {
      if (!(item.getValue() instanceof String text)) {
        throw damaged(METADATA + " " + item.getKey(), "a text", item.getValue());
      }
      metadata.put((String) item.getKey(), text);
    }
  }

  private TensorEntry entry(String name, Object value) throws ModelFileException {
    if (!(value instanceof Map<?, ?> map)
        || map.size() != 3
        || !(map.get("shape") instanceof List<?> sizes)
        || !(map.get("data_offsets") instanceof List<?> offsets)
        || offsets.size() != 2) {
      throw damaged(tensor(name), "an object of dtype, shape and two data_offsets", value);
    }
    DataType type = type(name, map.get("dtype"));
    List<Long> shape = new ArrayList<>();
    for (Object size : sizes) {
      shape.add(wholeNumber(name, "a size of its shape", size));
    }
    long begin = wholeNumber(name, "the first of its data_offsets", offsets.get(0));
    long end = wholeNumber(name, "the second of its data_offsets", offsets.get(1));
    requireInside(name, begin, end);
    requireBytes(name, type, shape, end - begin);
    return new TensorEntry(name, type, shape, begin, end);
  }

  private DataType type(String name, Object value) throws ModelFileException {
    for (DataType type : DataType.values()) {
      if (type.name().equals(value)) {
        return type;
      }
    }
    throw damaged(tensor(name), "a dtype such as F32", value);
  }

  private long wholeNumber(String name, String what, Object value) throws ModelFileException {
    if (!(value instanceof Long number) || number < 0) {
      throw damaged(tensor(name), "a whole number of at least 0 as " + what, value);
    }
    return number;
  }

  private void requireInside(String name, long begin, long end) throws ModelFileException {
    if (begin > end || end > dataLength) {
      throw new ModelFileException(
          String.format(
              "%s: %s has the data_offsets %d to %d, which do not lie inside the %d bytes of data;"
                  + " the file is truncated or damaged",
              file, tensor(name), begin, end, dataLength));
    }
  }

  private void requireBytes(String name, DataType type, List<Long> shape, long found)
      throws ModelFileException {
    long elements = 1;
    for (long size : shape) {
      long high = Math.multiplyHigh(elements, size);
      elements *= size;
      if (high != 0 || elements < 0) {
        elements = Long.MAX_VALUE;
        break;
      }
    }
    if (found % type.bytes() != 0 || elements != found / type.bytes()) {
      throw new ModelFileException(
          String.format(
              "%s: %s has the shape %s of %s, but its data_offsets are %d bytes apart",
              file, tensor(name), shape, type, found));
    }
  }

  private void requireContiguous() throws ModelFileException {
    long position = 0;
    for (TensorEntry entry : entries) {
      if (entry.begin() != position) {
        throw new ModelFileException(
            String.format(
                "%s: %s begins at byte %d of the data, expected %d: tensors must follow each other"
                    + " without gap or overlap",
                file, tensor(entry.name()), entry.begin(), position));
      }
      position = entry.end();
    }
    if (position != dataLength) {
      throw new ModelFileException(
          String.format(
              "%s: the header describes %d bytes of data, the file holds %d",
              file, position, dataLength));
    }
  }

  private static String tensor(String name) {
    return "tensor '" + shortened(name) + "'";
  }

  /** A damaged header may hold megabytes where a name should be. */
  private static String shortened(String text) {
    return text.length() <= LONGEST_QUOTE ? text : text.substring(0, LONGEST_QUOTE) + "…";
  }

  private ModelFileException damaged(String place, String expected, Object found) {
    return new ModelFileException(
        file
            + ": the header is damaged: "
            + place
            + ": expected "
            + expected
            + ", got "
            + shortened(Json.kindOf(found)));
  }
}
