package org.convoy.augment;

import java.util.Locale;
import org.convoy.image.geometry.AffineMap;
import org.convoy.image.geometry.Border;
import org.convoy.tensor.Shape;

/**
 * The fourteen operations of RandAugment and TrivialAugment, each with one strength. Geometry is
 * about the picture's center, and what it uncovers is black.
 */
enum Operation {
  IDENTITY(false) {
    @Override
    void add(double strength, Shape image, Drawing drawing) {
      drawing.say(() -> "identity");
    }
  },
  SHEAR_X(true) {
    @Override
    void add(double strength, Shape image, Drawing drawing) {
      drawing.say(() -> Words.signed("rows sheared", strength));
      AffineMap map = AffineMap.aboutCenter(1, 0, -strength, 1, image.size(1), image.size(2));
      drawing.move(map, Border.ZERO);
    }
  },
  SHEAR_Y(true) {
    @Override
    void add(double strength, Shape image, Drawing drawing) {
      drawing.say(() -> Words.signed("columns sheared", strength));
      AffineMap map = AffineMap.aboutCenter(1, -strength, 0, 1, image.size(1), image.size(2));
      drawing.move(map, Border.ZERO);
    }
  },
  TRANSLATE_X(true) {
    @Override
    void add(double strength, Shape image, Drawing drawing) {
      double columns = Math.rint(strength);
      drawing.say(() -> Words.moved(0, columns));
      drawing.move(AffineMap.shift(0, -columns), Border.ZERO);
    }
  },
  TRANSLATE_Y(true) {
    @Override
    void add(double strength, Shape image, Drawing drawing) {
      double rows = Math.rint(strength);
      drawing.say(() -> Words.moved(rows, 0));
      drawing.move(AffineMap.shift(-rows, 0), Border.ZERO);
    }
  },
  ROTATE(true) {
    @Override
    void add(double strength, Shape image, Drawing drawing) {
      drawing.say(() -> Words.degrees("rotated", strength));
      drawing.move(RandomRotation.turn(strength, image), Border.ZERO);
    }
  },
  BRIGHTNESS(true) {
    @Override
    void add(double strength, Shape image, Drawing drawing) {
      drawing.say(() -> Words.factor("brightness", 1 + strength));
      drawing.change(ValueChanges.brightness(1 + strength));
    }
  },
  COLOR(true) {
    @Override
    void add(double strength, Shape image, Drawing drawing) {
      drawing.say(() -> Words.factor("saturation", 1 + strength));
      drawing.change(ValueChanges.saturation(1 + strength));
    }
  },
  CONTRAST(true) {
    @Override
    void add(double strength, Shape image, Drawing drawing) {
      drawing.say(() -> Words.factor("contrast", 1 + strength));
      drawing.change(ValueChanges.contrast(1 + strength));
    }
  },
  SHARPNESS(true) {
    @Override
    void add(double strength, Shape image, Drawing drawing) {
      drawing.say(() -> Words.factor("sharpness", 1 + strength));
      drawing.change(ValueChanges.sharpness(1 + strength));
    }
  },
  POSTERIZE(false) {
    @Override
    void add(double strength, Shape image, Drawing drawing) {
      int bits = (int) Math.rint(strength);
      drawing.say(() -> "posterized to " + bits + " bits");
      drawing.change(ValueChanges.posterize(bits));
    }
  },
  SOLARIZE(false) {
    @Override
    void add(double strength, Shape image, Drawing drawing) {
      drawing.say(() -> String.format(Locale.ROOT, "solarized from %.2f", strength));
      drawing.change(ValueChanges.solarize(strength));
    }
  },
  AUTO_CONTRAST(false) {
    @Override
    void add(double strength, Shape image, Drawing drawing) {
      drawing.say(() -> "auto contrast");
      drawing.change((pixels, scratch) -> ValueChanges.stretchContrast(pixels));
    }
  },
  EQUALIZE(false) {
    @Override
    void add(double strength, Shape image, Drawing drawing) {
      drawing.say(() -> "equalized");
      drawing.change((pixels, scratch) -> ValueChanges.equalize(pixels));
    }
  };

  private static final Operation[] ALL = values();

  private final boolean signed;

  Operation(boolean signed) {
    this.signed = signed;
  }

  /** How many there are. */
  static int count() {
    return ALL.length;
  }

  static Operation of(int index) {
    return ALL[index];
  }

  /** Whether it has two directions, of which chance takes one. */
  boolean signed() {
    return signed;
  }

  /** Adds the operation to what is drawn. */
  abstract void add(double strength, Shape image, Drawing drawing);
}
