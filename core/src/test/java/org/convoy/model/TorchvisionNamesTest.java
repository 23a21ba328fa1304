package org.convoy.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.convoy.description.Json;
import org.convoy.nn.Network;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Parameters and statistics are named and shaped as in the {@code state_dict} of torchvision's
 * models, whose names and shapes the resource files list (without {@code num_batches_tracked}).
 */
class TorchvisionNamesTest {

  @ParameterizedTest
  @CsvSource({
    "alexnet, {\"type\": \"alexnet\"}",
    "vgg11, {\"type\": \"vgg11\"}",
    "vgg13-bn, {\"type\": \"vgg13-bn\"}",
    "vgg16, {\"type\": \"vgg16\"}",
    "vgg19-bn, {\"type\": \"vgg19-bn\"}",
    "googlenet, {\"type\": \"googlenet\"; \"auxiliary\": true}",
    "resnet18, {\"type\": \"resnet18\"}",
    "resnet34, {\"type\": \"resnet34\"}",
    "resnet50, {\"type\": \"resnet50\"; \"zeroInitResidual\": true}",
    "resnet152, {\"type\": \"resnet152\"}"
  })
  void namesAndShapesAreThoseOfTorchvision(String list, String network) throws IOException {
    Object described = Json.parse(network.replace(';', ','));
    Model model = Models.choose(described, "model").model();
    Network built = model.build(model.usualInput().orElseThrow(), 1000);

    assertThat(built.layout().slices())
        .extracting(slice -> slice.name() + " " + slice.shape())
        .containsExactlyInAnyOrderElementsOf(lines(list));
  }

  private static List<String> lines(String list) throws IOException {
    String resource = "torchvision/" + list + ".txt";
    try (InputStream in = TorchvisionNamesTest.class.getResourceAsStream(resource)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
    }
  }
}
