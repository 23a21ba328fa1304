package org.convoy.visual.diagram;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilderFactory;
import org.convoy.model.LeNet5;
import org.convoy.nn.Network;
import org.convoy.nn.layer.Add;
import org.convoy.nn.layer.Concat;
import org.convoy.nn.layer.Conv2d;
import org.convoy.nn.layer.Flatten;
import org.convoy.nn.layer.Linear;
import org.convoy.nn.layer.MaxPool2d;
import org.convoy.nn.layer.Relu;
import org.convoy.tensor.Shape;
import org.convoy.visual.diagram.Ranks.Place;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

class NetworkDiagramTest {
  /** A residual block, then an inception block, then the end. */
  private static Network branching() {
    Network.Builder builder =
        Network.builder(Shape.of(3, 8, 8))
            .add("stem", Conv2d.of(4, 3).padding(1))
            .add("layer1.0.conv1", Conv2d.of(4, 3).padding(1))
            .add("layer1.0.relu1", new Relu())
            .add("layer1.0.conv2", Conv2d.of(4, 3).padding(1))
            .add("layer1.0.add", new Add(), "layer1.0.conv2", "stem")
            .add("layer1.0.relu2", new Relu())
            .add("mixed.one", Conv2d.of(2, 1), "layer1.0.relu2")
            .add("mixed.two", Conv2d.of(2, 1), "layer1.0.relu2")
            .add("mixed.three", Conv2d.of(5, 3).padding(1), "mixed.two")
            .add("mixed.pool", MaxPool2d.of(3).stride(1).padding(1), "layer1.0.relu2")
            .add("mixed.concat", new Concat(), "mixed.one", "mixed.three", "mixed.pool");
    return builder.add("flatten", new Flatten()).add("fc", Linear.of(10)).build();
  }

  @Test
  void everyNodeIsInAWellFormedFile() throws Exception {
    for (Network network : List.of(branching(), new LeNet5().build(Shape.of(1, 28, 28), 10))) {
      Document document = parse(NetworkDiagram.svg(network));

      List<String> about = texts(document.getElementsByTagName("title"));
      List<String> names =
          texts(document.getElementsByTagName("tspan")).stream().map(String::strip).toList();
      for (Network.Node node : network.nodes()) {
        assertThat(about)
            .anySatisfy(
                text ->
                    assertThat(text.lines()).anyMatch(line -> line.startsWith(node.name() + "  ")));
        assertThat(names).contains(node.name().substring(node.name().lastIndexOf('.') + 1));
      }
      assertThat(document.getElementsByTagName("script").getLength()).isZero();
      assertThat(NetworkDiagram.svg(network)).doesNotContain("href", "url(http", "@import");
    }
  }

  @Test
  void numbersAndShapesAreThoseOfTheNetwork() throws Exception {
    Document document = parse(NetworkDiagram.svg(branching()));

    assertThat(texts(document.getElementsByTagName("text")))
        .contains("Network 3x8x8 to 10", "112", "148", "4x8x8", "11x8x8")
        .contains("7,050", "layer1.0", "mixed");
    assertThat(texts(document.getElementsByTagName("tspan")))
        .contains("Conv2d 3x3", "Conv2d 1x1", "MaxPool2d 3x3", "Linear");
  }

  @Test
  void sameNetworkGivesTheSameText() {
    assertThat(NetworkDiagram.svg(branching())).isEqualTo(NetworkDiagram.svg(branching()));
  }

  @Test
  void elementwiseLayersShareTheBoxOfWhatTheyFollow() {
    BoxGraph graph = BoxGraph.of(branching());

    assertThat(graph.boxes())
        .extracting(box -> box.lines().stream().map(Box.Line::node).toList())
        .contains(List.of("layer1.0.conv1", "layer1.0.relu1"))
        .contains(List.of("layer1.0.add", "layer1.0.relu2"))
        .contains(List.of("stem"))
        .contains(List.of("mixed.pool"));
    assertThat(graph.sources().get(0)).isEmpty();
  }

  @Test
  void blocksAreNamedByWhatNamesBeginWith() {
    assertThat(BoxGraph.groupOf("layer1.0.downsample.0")).isEqualTo("layer1.0");
    assertThat(BoxGraph.groupOf("inception3a.branch2.0.conv")).isEqualTo("inception3a");
    assertThat(BoxGraph.groupOf("features.12")).isEqualTo("features");
    assertThat(BoxGraph.groupOf("fc")).isEmpty();
  }

  @Test
  void whatIsCalledLikeABlockEndsIt() {
    Network network =
        Network.builder(Shape.of(3, 8, 8))
            .add("mixed.one", Conv2d.of(2, 1), Network.INPUT)
            .add("mixed.two", Conv2d.of(2, 1), Network.INPUT)
            .add("mixed", new Concat(), "mixed.one", "mixed.two")
            .build();

    assertThat(BoxGraph.of(network).boxes())
        .extracting(Box::group)
        .containsExactly("", "mixed", "mixed", "mixed");
    assertThat(BoxGraph.of(network).boxes().get(3).lines().get(0).name()).isEqualTo("mixed");
  }

  @Test
  void boxesStandBelowWhatTheyTakeFromAndDoNotTouch() {
    List<List<Place>> rows = Ranks.of(BoxGraph.of(branching())).rows();
    Placement.place(rows);

    for (int i = 0; i < rows.size(); i++) {
      for (Place place : rows.get(i)) {
        List<Place> below = i + 1 < rows.size() ? rows.get(i + 1) : List.of();
        assertThat(below).containsAll(place.below());
        assertThat(place.x() - place.width() / 2).isGreaterThan(-1e-6);
      }
      for (int j = 1; j < rows.get(i).size(); j++) {
        Place left = rows.get(i).get(j - 1);
        Place right = rows.get(i).get(j);
        assertThat(right.x() - right.width() / 2).isGreaterThan(left.x() + left.width() / 2 + 27.9);
      }
    }
  }

  /** What all paths go through is in one line; so is the block's own path, nearly. */
  @Test
  void mainPathIsStraight() {
    List<List<Place>> rows = Ranks.of(BoxGraph.of(branching())).rows();
    Placement.place(rows);
    List<Double> alone =
        rows.stream().filter(row -> row.size() == 1).map(row -> row.get(0).x()).toList();

    assertThat(alone).hasSizeGreaterThan(4);
    assertThat(alone).allSatisfy(x -> assertThat(x).isCloseTo(alone.get(0), within(1e-9)));
    Place residual = rows.get(2).get(0);
    assertThat(rows.get(2)).hasSize(2);
    assertThat(residual.x()).isCloseTo(alone.get(0), within(12.0));
  }

  @Test
  void textsAreEscaped() {
    assertThat(SvgWriter.escape("a<b & \"c\">")).isEqualTo("a&lt;b &amp; &quot;c&quot;&gt;");
  }

  /** The drawing holds all that is drawn. */
  @Test
  void nothingLeavesTheDrawing() throws Exception {
    Document document = parse(NetworkDiagram.svg(branching()));
    double width = Double.parseDouble(document.getDocumentElement().getAttribute("width"));
    double height = Double.parseDouble(document.getDocumentElement().getAttribute("height"));
    NodeList boxes = document.getElementsByTagName("rect");
    for (int i = 1; i < boxes.getLength(); i++) {
      Element box = (Element) boxes.item(i);
      double right = number(box, "x") + number(box, "width");
      assertThat(right).isLessThanOrEqualTo(width);
      assertThat(number(box, "y") + number(box, "height")).isLessThanOrEqualTo(height);
      assertThat(number(box, "x")).isNotNegative();
    }
    Matcher points = Pattern.compile("[MC ](-?[0-9.]+),(-?[0-9.]+)").matcher(paths(document));
    while (points.find()) {
      assertThat(Double.parseDouble(points.group(1))).isBetween(0.0, width);
      assertThat(Double.parseDouble(points.group(2))).isBetween(0.0, height);
    }
  }

  private static String paths(Document document) {
    StringBuilder text = new StringBuilder();
    NodeList paths = document.getElementsByTagName("path");
    for (int i = 0; i < paths.getLength(); i++) {
      text.append(((Element) paths.item(i)).getAttribute("d")).append('\n');
    }
    return text.toString();
  }

  private static double number(Element element, String attribute) {
    return Double.parseDouble(element.getAttribute(attribute));
  }

  private static List<String> texts(NodeList elements) {
    List<String> texts = new ArrayList<>();
    for (int i = 0; i < elements.getLength(); i++) {
      texts.add(elements.item(i).getTextContent());
    }
    return texts;
  }

  private static Document parse(String svg) throws Exception {
    DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
    factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
    return factory
        .newDocumentBuilder()
        .parse(new ByteArrayInputStream(svg.getBytes(StandardCharsets.UTF_8)));
  }
}
