package org.convoy.augment;

import java.util.List;
import java.util.stream.Stream;
import org.convoy.tensor.Shape;
import org.convoy.tensor.ShapeException;

/**
 * Test-time augmentation: the views whose outputs are averaged where a network judges an image. The
 * weights of each add up to 1.
 */
public enum Views {
  /** The picture as it is. */
  SINGLE {
    @Override
    public List<View> all() {
      return List.of(View.PLAIN);
    }
  },

  /** The picture and its mirror image. */
  MIRROR {
    @Override
    public List<View> all() {
      return withMirrors(moved(0, 1.0 / 2));
    }
  },

  /**
   * The picture, and moved by a pixel to the lower right and to the upper left, each with its
   * mirror image: half of the weight to what is not moved (Jordan, "94% on CIFAR-10 in 3.29 seconds
   * on a single GPU", 2024, section 3.6).
   */
  MIRROR_SHIFT {
    @Override
    public List<View> all() {
      return withMirrors(moved(0, 1.0 / 4), moved(-1, 1.0 / 8), moved(1, 1.0 / 8));
    }
  },

  /**
   * The four corners and the middle of what a {@link RandomCrop} may cut out, each with its mirror
   * image (Krizhevsky, Sutskever and Hinton 2012, section 4.1).
   */
  TEN_CROP {
    @Override
    public List<View> all() {
      return withMirrors(place(-1, -1), place(-1, 1), place(1, -1), place(1, 1), place(0, 0));
    }

    @Override
    public void check(PixelPipeline pipeline, Shape image) {
      Shape shape = image;
      for (Augmentation augmentation : pipeline.augmentations()) {
        if (augmentation instanceof RandomCrop crop && crop.leavesRoom(shape)) {
          return;
        }
        shape = augmentation.outputShape(shape);
      }
      throw new ShapeException(
          "ten-crop needs a random-crop that is smaller than the padded images (images "
              + image
              + "), got "
              + pipeline.augmentations()
              + "; use mirror, or resize images to more than the network's input and crop them");
    }
  };

  /** All of them, in the order in which they are added up. */
  public abstract List<View> all();

  /**
   * Checks that the views of images differ.
   *
   * @param image shape of the images, before augmentation
   * @throws ShapeException if the pipeline leaves nothing to choose
   */
  public void check(PixelPipeline pipeline, Shape image) {}

  private static View moved(int shift, double weight) {
    return new View(0, 0, false, shift, weight);
  }

  private static View place(int row, int column) {
    return new View(row, column, false, 0, 1.0 / 10);
  }

  private static List<View> withMirrors(View... views) {
    return Stream.of(views).flatMap(view -> Stream.of(view, view.mirror())).toList();
  }
}
