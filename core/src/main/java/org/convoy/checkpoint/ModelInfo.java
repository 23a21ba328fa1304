package org.convoy.checkpoint;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.convoy.description.DescriptionException;
import org.convoy.description.Json;

/**
 * What a model file says beside network and numbers.
 *
 * @param classNames name of every class, in the order of the outputs; empty if nobody knows them
 * @param pixels description of the way from a picture to the network's input (size, normalization),
 *     JSON; empty if there is none
 * @param epochs how long the model was trained, at least 0
 * @param convoyVersion version of Convoy that wrote the file
 * @param notes more texts by name, for programs that know them; no name of this format's own
 */
public record ModelInfo(
    List<String> classNames,
    String pixels,
    int epochs,
    String convoyVersion,
    Map<String, String> notes) {
  private static final String FORMAT = "format";
  private static final String FORMAT_NAME = "convoy";
  private static final String VERSION = "format_version";
  private static final int CURRENT_VERSION = 1;
  static final String NETWORK = "network";
  private static final String CLASSES = "classes";
  private static final String PIXELS = "pixels";
  private static final String EPOCHS = "epochs";
  private static final String CONVOY_VERSION = "convoy_version";
  private static final List<String> OWN_NAMES =
      List.of(FORMAT, VERSION, NETWORK, CLASSES, PIXELS, EPOCHS, CONVOY_VERSION);

  public ModelInfo {
    classNames = List.copyOf(classNames);
    notes = Map.copyOf(notes);
    if (epochs < 0) {
      throw new IllegalArgumentException("epochs must be at least 0, got " + epochs);
    }
    for (String name : OWN_NAMES) {
      if (notes.containsKey(name)) {
        throw new IllegalArgumentException(
            "a note cannot be called '" + name + "'; the model file itself uses that name");
      }
    }
  }

  /** Nothing is known but the version that writes. */
  public static ModelInfo unknown(String convoyVersion) {
    return new ModelInfo(List.of(), "", 0, convoyVersion, Map.of());
  }

  /** The header's texts, all but the network. */
  Map<String, String> toMetadata() {
    Map<String, String> metadata = new TreeMap<>(notes);
    metadata.put(FORMAT, FORMAT_NAME);
    metadata.put(VERSION, String.valueOf(CURRENT_VERSION));
    metadata.put(CLASSES, Json.write(classNames));
    metadata.put(PIXELS, pixels);
    metadata.put(EPOCHS, String.valueOf(epochs));
    metadata.put(CONVOY_VERSION, convoyVersion);
    return metadata;
  }

  /**
   * The other way round.
   *
   * @param file what messages call the file
   * @throws ModelFileException if the texts are not those of a model of this version or an older
   *     one
   */
  static ModelInfo fromMetadata(Map<String, String> metadata, String file)
      throws ModelFileException {
    requireFormat(metadata, file);
    Map<String, String> notes = new LinkedHashMap<>(metadata);
    notes.keySet().removeAll(OWN_NAMES);
    return new ModelInfo(
        classNames(metadata.getOrDefault(CLASSES, "[]"), file),
        metadata.getOrDefault(PIXELS, ""),
        wholeNumber(EPOCHS, metadata.getOrDefault(EPOCHS, "0"), file),
        metadata.getOrDefault(CONVOY_VERSION, ""),
        notes);
  }

  private static void requireFormat(Map<String, String> metadata, String file)
      throws ModelFileException {
    if (!FORMAT_NAME.equals(metadata.get(FORMAT))) {
      throw new ModelFileException(
          String.format(
              "%s: expected a model with the metadata format = convoy, got format = %s; numbers from"
                  + " elsewhere can be loaded into a network that is described separately",
              file, metadata.get(FORMAT)));
    }
    int version = wholeNumber(VERSION, metadata.getOrDefault(VERSION, ""), file);
    if (version > CURRENT_VERSION) {
      throw new ModelFileException(
          String.format(
              "%s: the model has format version %d, this program reads versions up to %d; it was"
                  + " written by Convoy %s: use that version or a newer one",
              file,
              version,
              CURRENT_VERSION,
              metadata.getOrDefault(CONVOY_VERSION, "(unknown version)")));
    }
  }

  private static int wholeNumber(String name, String text, String file) throws ModelFileException {
    try {
      int number = Integer.parseInt(text);
      if (number >= 0) {
        return number;
      }
    } catch (NumberFormatException e) {
      // Refused below, with the text.
    }
    throw new ModelFileException(
        file + ": metadata " + name + ": expected a whole number, got '" + text + "'");
  }

  private static List<String> classNames(String json, String file) throws ModelFileException {
    List<String> names = new ArrayList<>();
    try {
      if (Json.parse(json) instanceof List<?> items) {
        for (Object item : items) {
          if (!(item instanceof String name)) {
            throw new DescriptionException("expected texts, got " + Json.kindOf(item));
          }
          names.add(name);
        }
        return names;
      }
      throw new DescriptionException("expected a JSON list");
    } catch (DescriptionException e) {
      throw new ModelFileException(file + ": metadata classes: " + e.getMessage(), e);
    }
  }
}
