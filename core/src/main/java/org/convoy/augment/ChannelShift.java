package org.convoy.augment;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.convoy.image.geometry.Scratch;
import org.convoy.tensor.Tensor;

/**
 * Adds one value to each channel; nothing is clamped.
 *
 * @param shifts one for each channel, where 1 is the way from black to white
 */
record ChannelShift(List<Float> shifts) implements ValueChange {
  /** The shifts of the channels, in thousandths. */
  String words(String what) {
    return shifts.stream()
        .map(shift -> String.format(Locale.ROOT, "%+.3f", shift))
        .collect(Collectors.joining(" ", what + " ", ""));
  }

  @Override
  public void apply(Tensor image, Scratch scratch) {
    float[] data = image.data();
    int plane = image.size() / shifts.size();
    int index = image.offset();
    for (float shift : shifts) {
      int end = index + plane;
      for (int i = index; i < end; i++) {
        data[i] += shift;
      }
      index = end;
    }
  }
}
