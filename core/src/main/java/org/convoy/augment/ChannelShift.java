package org.convoy.augment;

import java.util.List;
import org.convoy.tensor.Tensor;

/**
 * Adds one value to each channel; nothing is clamped.
 *
 * @param shifts one for each channel, where 1 is the way from black to white
 */
record ChannelShift(List<Float> shifts) implements ValueChange {
  @Override
  public void apply(Tensor image) {
    float[] data = image.data();
    int plane = image.size() / shifts.size();
    int index = image.offset();
    for (float shift : shifts) {
      for (int end = index + plane; index < end; index++) {
        data[index] += shift;
      }
    }
  }
}
