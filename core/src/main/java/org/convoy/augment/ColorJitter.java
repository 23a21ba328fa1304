package org.convoy.augment;

import java.util.ArrayList;
import java.util.List;
import org.convoy.description.Default;
import org.convoy.tensor.Shape;
import org.convoy.tensor.ShapeException;

/**
 * Changes brightness, contrast, saturation and hue, one after the other in random order. Brightness
 * multiplies all values; contrast moves them to or from the picture's mean gray, saturation to or
 * from their own gray; each by a factor that is uniform in [max(0, 1 - range), 1 + range), and
 * values are clamped to [0, 1] each time. Hue turns colors about the wheel by a share of it that is
 * uniform in [-hue, hue). Gray is 0.299 red + 0.587 green + 0.114 blue (ITU-R BT.601). What has
 * range 0 does not happen.
 *
 * @param brightness range, at least 0
 * @param contrast range, at least 0
 * @param saturation range, at least 0; needs color pictures unless 0
 * @param hue largest share of the wheel, in [0, 0.5]; needs color pictures unless 0
 */
public record ColorJitter(
    @Default("0") double brightness,
    @Default("0") double contrast,
    @Default("0") double saturation,
    @Default("0") double hue)
    implements PhotometricAugmentation {
  private static final int COLORS = 3;

  public ColorJitter {
    require("brightness", brightness);
    require("contrast", contrast);
    require("saturation", saturation);
    if (!(hue >= 0 && hue <= 0.5)) {
      throw new IllegalArgumentException("hue must be in [0, 0.5], got " + hue);
    }
  }

  private static void require(String name, double range) {
    if (!(range >= 0 && range < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException(name + " must be at least 0 and finite, got " + range);
    }
  }

  /** One of the four. */
  private enum Part {
    BRIGHTNESS(0),
    CONTRAST(1),
    SATURATION(2),
    HUE(3);

    private final int draw;

    Part(int draw) {
      this.draw = draw;
    }
  }

  @Override
  public Shape outputShape(Shape image) {
    if ((saturation > 0 || hue > 0) && image.size(0) != COLORS) {
      throw new ShapeException(
          "color-jitter's saturation and hue need the 3 channels red, green, blue, got an image of"
              + " shape "
              + image
              + "; leave them at 0");
    }
    return image;
  }

  @Override
  public ValueChange draw(DrawContext context, Shape image) {
    List<ValueChange> changes = new ArrayList<>();
    for (Part part : order(context)) {
      changes.add(change(part, value(part, context)));
    }
    return (pixels, scratch) -> changes.forEach(change -> change.apply(pixels, scratch));
  }

  private static ValueChange change(Part part, double value) {
    return switch (part) {
      case BRIGHTNESS -> ValueChanges.brightness(value);
      case CONTRAST -> ValueChanges.contrast(value);
      case SATURATION -> ValueChanges.saturation(value);
      case HUE -> ValueChanges.hue(value);
    };
  }

  /** The parts that happen, in the order drawn. */
  private List<Part> order(DrawContext context) {
    List<Part> left = new ArrayList<>();
    for (Part part : Part.values()) {
      if (range(part) > 0) {
        left.add(part);
      }
    }
    List<Part> order = new ArrayList<>();
    while (!left.isEmpty()) {
      order.add(left.remove((int) context.key().below(4L + order.size(), left.size())));
    }
    return order;
  }

  private double range(Part part) {
    return switch (part) {
      case BRIGHTNESS -> brightness;
      case CONTRAST -> contrast;
      case SATURATION -> saturation;
      case HUE -> hue;
    };
  }

  private double value(Part part, DrawContext context) {
    double range = range(part);
    return part == Part.HUE
        ? context.key().uniform(part.draw, -range, range)
        : context.key().uniform(part.draw, Math.max(0, 1 - range), 1 + range);
  }

  @Override
  public String words(DrawContext context, Shape image) {
    List<String> words = new ArrayList<>();
    for (Part part : order(context)) {
      double value = value(part, context);
      words.add(
          switch (part) {
            case BRIGHTNESS -> Words.factor("brightness", value);
            case CONTRAST -> Words.factor("contrast", value);
            case SATURATION -> Words.factor("saturation", value);
            case HUE -> Words.signed("hue", value);
          });
    }
    return words.isEmpty() ? "nothing" : String.join(" ", words);
  }

  @Override
  public boolean tellsChannelsApart() {
    return saturation > 0 || hue > 0;
  }
}
