package org.convoy.augment;

import java.util.ArrayList;
import java.util.List;
import org.convoy.tensor.Shape;

/**
 * Adds to each channel a value of its own, uniform in [-amount, amount). Values are not clamped, so
 * that a pixel that becomes whiter than white keeps its difference from its neighbors.
 *
 * @param amount largest shift, in [0, 1], where 1 is the way from black to white
 */
public record ColorShift(double amount) implements PhotometricAugmentation {
  public ColorShift {
    if (!(amount >= 0 && amount <= 1)) {
      throw new IllegalArgumentException("amount must be in [0, 1], got " + amount);
    }
  }

  @Override
  public ValueChange draw(DrawContext context, Shape image) {
    return shifts(context, image);
  }

  private ChannelShift shifts(DrawContext context, Shape image) {
    List<Float> shifts = new ArrayList<>();
    for (int channel = 0; channel < image.size(0); channel++) {
      shifts.add((float) context.key().uniform(channel, -amount, amount));
    }
    return new ChannelShift(shifts);
  }

  @Override
  public String words(DrawContext context, Shape image) {
    return shifts(context, image).words("shift");
  }

  @Override
  public boolean tellsChannelsApart() {
    return true;
  }
}
