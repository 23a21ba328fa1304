package org.convoy.predict;

import java.util.List;
import java.util.Optional;
import org.convoy.image.Box;

/**
 * What a network says of an image.
 *
 * @param top its likeliest classes, likeliest first
 * @param box where the object of the likeliest class is, in pixels of the image, if the network
 *     tells that
 */
public record Prediction(List<ScoredClass> top, Optional<Box> box) {
  public Prediction {
    top = List.copyOf(top);
  }
}
