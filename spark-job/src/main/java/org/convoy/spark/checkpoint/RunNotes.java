package org.convoy.spark.checkpoint;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.convoy.description.DescriptionException;
import org.convoy.description.Json;

/**
 * What a checkpoint says of the run that it belongs to.
 *
 * @param options as the recipe's description gives them
 * @param trainImages SHA-256 of the decoded training images and their labels
 * @param testImages the same of the test images, empty if there are none
 * @param initialWeights SHA-256 of the file whose weights the run began with, empty if there was
 *     none, or where a run of an older Convoy did not note it
 * @param version of Convoy that wrote it
 * @param earlierEpochs what the run was told of its length before, as {@link
 *     Resumption#earlierEpochs} gives it
 */
public record RunNotes(
    Map<String, Object> options,
    String trainImages,
    String testImages,
    String initialWeights,
    String version,
    List<Map<String, Object>> earlierEpochs) {
  private static final String OPTIONS = "options";
  private static final String TRAIN_IMAGES = "train_images";
  private static final String TEST_IMAGES = "test_images";
  private static final String INITIAL_WEIGHTS = "initial_weights";
  private static final String VERSION = "convoy_version";
  private static final String EARLIER_EPOCHS = "earlier_epochs";

  public RunNotes {
    earlierEpochs = List.copyOf(earlierEpochs);
  }

  Map<String, String> toTexts() {
    Map<String, String> texts = new HashMap<>();
    texts.put(OPTIONS, Json.write(options));
    texts.put(TRAIN_IMAGES, trainImages);
    texts.put(TEST_IMAGES, testImages);
    texts.put(INITIAL_WEIGHTS, initialWeights);
    texts.put(VERSION, version);
    texts.put(EARLIER_EPOCHS, Json.write(earlierEpochs));
    return texts;
  }

  /**
   * @throws DescriptionException if one is missing or damaged
   */
  static RunNotes of(Map<String, String> texts) {
    return new RunNotes(
        Json.parseObject(text(texts, OPTIONS)),
        text(texts, TRAIN_IMAGES),
        text(texts, TEST_IMAGES),
        texts.getOrDefault(INITIAL_WEIGHTS, ""),
        text(texts, VERSION),
        // Checkpoints of older versions say nothing.
        earlier(texts.getOrDefault(EARLIER_EPOCHS, "[]")));
  }

  private static List<Map<String, Object>> earlier(String text) {
    return Json.parse(text) instanceof List<?> list
        ? list.stream().map(Json::asObject).toList()
        : List.of();
  }

  private static String text(Map<String, String> texts, String name) {
    String text = texts.get(name);
    if (text == null) {
      throw new DescriptionException("'" + name + "' is missing from the checkpoint");
    }
    return text;
  }
}
