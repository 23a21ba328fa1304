package org.convoy.spark.input;

import java.io.Serializable;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.convoy.image.Image;

/** Exact sums over pixels, a channel each: the same in any order, however images are split. */
public final class PixelSums implements Serializable {
  private static final long serialVersionUID = 1L;
  private static final int WHITE = 255;

  private final long[] sums;
  private final long[] squares;
  private long pixels;

  /** Of no picture yet. */
  public PixelSums(int channels) {
    sums = new long[channels];
    squares = new long[channels];
  }

  /** Adds a picture of as many channels; a sum of squares holds 10^14 pixels of white. */
  void add(Image image) {
    int plane = image.height() * image.width();
    byte[] values = image.pixels();
    for (int channel = 0; channel < sums.length; channel++) {
      int from = image.offset() + channel * plane;
      long sum = 0;
      long square = 0;
      for (int i = from; i < from + plane; i++) {
        int value = values[i] & 0xff;
        sum += value;
        square += (long) value * value;
      }
      sums[channel] += sum;
      squares[channel] = Math.addExact(squares[channel], square);
    }
    pixels += plane;
  }

  void add(PixelSums other) {
    for (int channel = 0; channel < sums.length; channel++) {
      sums[channel] += other.sums[channel];
      squares[channel] = Math.addExact(squares[channel], other.squares[channel]);
    }
    pixels += other.pixels;
  }

  /** The same where so many planes of each channel follow each other, as in volumes. */
  public PixelSums ofChannels(int planes) {
    PixelSums channels = new PixelSums(sums.length / planes);
    for (int plane = 0; plane < sums.length; plane++) {
      channels.sums[plane / planes] += sums[plane];
      channels.squares[plane / planes] =
          Math.addExact(channels.squares[plane / planes], squares[plane]);
    }
    channels.pixels = pixels * planes;
    return channels;
  }

  long pixels() {
    return pixels;
  }

  /** Sum of values in 0..255, by channel. */
  List<Long> sums() {
    return list(sums);
  }

  /** Sum of their squares, by channel. */
  List<Long> squares() {
    return list(squares);
  }

  private static List<Long> list(long[] numbers) {
    List<Long> list = new ArrayList<>();
    for (long number : numbers) {
      list.add(number);
    }
    return list;
  }

  /** Mean of values where 255 is 1, by channel; nothing if there is no pixel. */
  public List<Double> means() {
    List<Double> means = new ArrayList<>();
    for (int channel = 0; pixels > 0 && channel < sums.length; channel++) {
      means.add(ratio(BigInteger.valueOf(sums[channel]), BigInteger.valueOf(WHITE * pixels)));
    }
    return means;
  }

  /** Standard deviation of values where 255 is 1, by channel. */
  public List<Double> deviations() {
    List<Double> deviations = new ArrayList<>();
    BigInteger count = BigInteger.valueOf(pixels);
    for (int channel = 0; pixels > 0 && channel < sums.length; channel++) {
      BigInteger sum = BigInteger.valueOf(sums[channel]);
      BigInteger spread =
          BigInteger.valueOf(squares[channel]).multiply(count).subtract(sum.multiply(sum));
      BigInteger whole = count.multiply(BigInteger.valueOf(WHITE)).pow(2);
      deviations.add(StrictMath.sqrt(ratio(spread, whole)));
    }
    return deviations;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof PixelSums same
        && pixels == same.pixels
        && Arrays.equals(sums, same.sums)
        && Arrays.equals(squares, same.squares);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(squares);
  }

  private static double ratio(BigInteger part, BigInteger whole) {
    return new BigDecimal(part).divide(new BigDecimal(whole), MathContext.DECIMAL64).doubleValue();
  }
}
