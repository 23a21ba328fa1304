package org.convoy.nn.layer;

import org.convoy.nn.Layer;

/** A layer that can compute the rectifier behind it in the passes that it makes anyway. */
interface Rectifiable extends Layer {

  /** This layer with {@link Relu} behind it; see {@link Layer#joinedTo}. */
  Layer rectified();
}
