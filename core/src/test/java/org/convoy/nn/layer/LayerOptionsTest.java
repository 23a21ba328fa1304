package org.convoy.nn.layer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.convoy.description.DescriptionException;
import org.convoy.description.Json;
import org.convoy.nn.Layer;
import org.convoy.nn.init.Constant;
import org.convoy.nn.init.HeNormal;
import org.junit.jupiter.api.Test;

/** How layers are made in Java and in descriptions. */
class LayerOptionsTest {

  @Test
  void descriptionMayLeaveOutWhatHasADefault() {
    assertThat(read("{'type': 'conv2d', 'outChannels': 6, 'kernelSize': 5}"))
        .isEqualTo(Conv2d.of(6, 5));
    assertThat(read("{'type': 'max-pool2d', 'kernelSize': [3, 2]}"))
        .isEqualTo(MaxPool2d.of(3, 2))
        .isEqualTo(MaxPool2d.of(3, 2).stride(3, 2));
    assertThat(read("{'type': 'avg-pool2d', 'kernelSize': 2}")).isEqualTo(AvgPool2d.of(2));
    assertThat(read("{'type': 'linear', 'outFeatures': 10}")).isEqualTo(Linear.of(10));
    assertThat(read("'dropout'")).isEqualTo(new Dropout(0.5f));
  }

  @Test
  void descriptionMaySayEverything() {
    assertThat(
            read(
                "{'type': 'conv2d', 'outChannels': 8, 'kernelSize': [3, 2], 'stride': 2,"
                    + " 'padding': [1, 0], 'dilation': [2, 1], 'groups': 4, 'bias': false,"
                    + " 'initializer': 'he-normal'}"))
        .isEqualTo(
            Conv2d.of(8, 3, 2)
                .stride(2)
                .padding(1, 0)
                .dilation(2, 1)
                .groups(4)
                .withoutBias()
                .initializer(new HeNormal()));
    assertThat(
            read(
                "{'type': 'linear', 'outFeatures': 3,"
                    + " 'initializer': {'type': 'constant', 'value': 0.5}}"))
        .isEqualTo(Linear.of(3).initializer(new Constant(0.5f)));
  }

  @Test
  void equalSizesOfBothAxesAreOneNumber() {
    assertThat(Conv2d.of(6, 5, 5).padding(2, 2)).isEqualTo(Conv2d.of(6, 5).padding(2));
    assertThat(Json.write(describe(Conv2d.of(6, 5, 5).padding(Padding.perSide(0, 1, 2, 3)))))
        .isEqualTo(
            "{\"type\":\"conv2d\",\"outChannels\":6,\"kernelSize\":5,\"stride\":1,"
                + "\"padding\":[[0,1],[2,3]],\"dilation\":1,\"groups\":1,\"bias\":true,"
                + "\"initializer\":{\"type\":\"fan-in-uniform\"}}");
  }

  @Test
  void unknownNamesAreRefusedWithTheNearest() {
    assertRefused(
        () -> read("{'type': 'conv2', 'outChannels': 6, 'kernelSize': 5}"),
        "here: unknown layer 'conv2'; did you mean 'conv2d'?");
    assertRefused(
        () -> read("{'type': 'conv2d', 'outChannels': 6, 'kernelsize': 5}"),
        "here: unknown key 'kernelsize'; did you mean 'kernelSize'?");
    assertRefused(
        () -> read("{'type': 'linear', 'outFeatures': 3, 'initializer': {'type': 'he-norml'}}"),
        "here.initializer: unknown initializer 'he-norml'; did you mean 'he-normal'?");
  }

  @Test
  void missingAndMalformedOptionsAreNamed() {
    assertRefused(
        () -> read("{'type': 'conv2d', 'kernelSize': 5}"), "here: 'outChannels' is missing");
    assertRefused(
        () -> read("{'type': 'conv2d', 'outChannels': 6, 'kernelSize': 5, 'stride': 'two'}"),
        "here.stride: expected a size such as 5 or [5, 3], got the text \"two\"");
    assertRefused(
        () -> read("{'type': 'conv2d', 'outChannels': 6, 'kernelSize': null}"),
        "here: kernelSize must be a size such as 5 or [5, 3]");
    assertRefused(
        () -> read("{'type': 'conv2d', 'outChannels': 6, 'kernelSize': 5, 'padding': [1, 2, 3]}"),
        "here: padding must be one entry or 2 entries, got [1, 2, 3]");
  }

  @Test
  void rangesAreChecked() {
    assertOutOfRange(() -> Conv2d.of(0, 5), "outChannels must be at least 1, got 0");
    assertOutOfRange(() -> Conv2d.of(6, 5).groups(0), "groups must be at least 1, got 0");
    assertOutOfRange(() -> Conv2d.of(6, 0), "every size must be in 1..32767, got [0]");
    assertOutOfRange(
        () -> MaxPool2d.of(2).stride(1, 2, 3),
        "stride must be one number or 2 numbers, got [1, 2, 3]");
    assertOutOfRange(
        () -> AvgPool2d.of(1, 2, 3), "kernelSize must be one number or 2 numbers, got [1, 2, 3]");
    assertOutOfRange(() -> Linear.of(0), "outFeatures must be at least 1, got 0");
    assertOutOfRange(() -> new Dropout(1), "p must be in [0, 1), got 1.0");
    assertOutOfRange(() -> new Dropout(-0.5f), "p must be in [0, 1), got -0.5");
  }

  private static Layer read(String json) {
    Object described = Json.parse(json.replace('\'', '"'));
    return Layers.codec().read(Layers.registry(), described, "here");
  }

  private static Map<String, Object> describe(Layer layer) {
    return Layers.codec().describe(Layers.registry(), layer);
  }

  private static void assertRefused(ThrowingCallable call, String beginning) {
    assertThatThrownBy(call)
        .isInstanceOf(DescriptionException.class)
        .hasMessageStartingWith(beginning);
  }

  private static void assertOutOfRange(ThrowingCallable call, String message) {
    assertThatIllegalArgumentException().isThrownBy(call).withMessage(message);
  }
}
