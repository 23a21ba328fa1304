package org.convoy.augment;

import java.util.ArrayList;
import java.util.List;
import org.convoy.description.Default;
import org.convoy.tensor.Shape;
import org.convoy.tensor.ShapeException;

/**
 * Shifts all pixels of a color picture along the principal components of the colors of a data set:
 * adds the sum over i of {@code p_i * alpha_i * lambda_i}, where alpha_i is normal with mean 0 and
 * drawn once per picture (Krizhevsky, Sutskever and Hinton, "ImageNet classification with deep
 * convolutional neural networks", NIPS 2012, section 4.1). The defaults are those of ImageNet, for
 * values in [0, 1]. Values are not clamped.
 *
 * @param sigma standard deviation of alpha, at least 0
 * @param eigenvalues lambda, three of them
 * @param eigenvectors three rows (red, green, blue) of three; p_i is column i
 */
public record PcaColorShift(
    @Default("0.1") double sigma,
    @Default("[0.2175, 0.0188, 0.0045]") List<Double> eigenvalues,
    @Default("[[-0.5675, 0.7192, 0.4009], [-0.5808, -0.0045, -0.8140], [-0.5836, -0.6948, 0.4203]]")
        List<List<Double>> eigenvectors)
    implements PhotometricAugmentation {
  private static final int COLORS = 3;

  public PcaColorShift {
    if (!(sigma >= 0 && sigma < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException("sigma must be at least 0, got " + sigma);
    }
    eigenvalues = requireThree("eigenvalues", eigenvalues);
    eigenvectors =
        requireThree("rows of eigenvectors", eigenvectors).stream()
            .map(row -> requireThree("numbers in each row of eigenvectors", row))
            .toList();
  }

  private static <T> List<T> requireThree(String what, List<T> values) {
    if (values.size() != COLORS) {
      throw new IllegalArgumentException("expected 3 " + what + ", got " + values);
    }
    return List.copyOf(values);
  }

  /** ImageNet's components with the paper's sigma. */
  public static PcaColorShift ofImageNet() {
    return new PcaColorShift(
        0.1,
        List.of(0.2175, 0.0188, 0.0045),
        List.of(
            List.of(-0.5675, 0.7192, 0.4009),
            List.of(-0.5808, -0.0045, -0.8140),
            List.of(-0.5836, -0.6948, 0.4203)));
  }

  @Override
  public Shape outputShape(Shape image) {
    if (image.size(0) != COLORS) {
      throw new ShapeException(
          "pca-color-shift needs the 3 channels red, green, blue, got an image of shape " + image);
    }
    return image;
  }

  @Override
  public ValueChange draw(DrawContext context, Shape image) {
    return shifts(context);
  }

  private ChannelShift shifts(DrawContext context) {
    double[] alpha = new double[COLORS];
    for (int i = 0; i < COLORS; i++) {
      alpha[i] = sigma * context.key().gaussian(i);
    }
    return shift(alpha);
  }

  @Override
  public String words(DrawContext context, Shape image) {
    return shifts(context).words("PCA shift");
  }

  /** The shift for given alphas. */
  ChannelShift shift(double... alpha) {
    List<Float> shifts = new ArrayList<>();
    for (List<Double> row : eigenvectors) {
      double sum = 0;
      for (int i = 0; i < COLORS; i++) {
        sum += row.get(i) * alpha[i] * eigenvalues.get(i);
      }
      shifts.add((float) sum);
    }
    return new ChannelShift(shifts);
  }

  @Override
  public boolean tellsChannelsApart() {
    return true;
  }
}
