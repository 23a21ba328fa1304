package org.convoy.image.codec;

import java.io.Serializable;
import java.util.List;
import org.convoy.description.Default;

/**
 * How files of many frames or slices become volumes of one depth.
 *
 * @param frames of each volume, at least 1: taken evenly from a file's, or some of them repeatedly
 *     if it has fewer
 * @param window of files that hold measured values (NIfTI): the one that becomes 0 and the one that
 *     becomes 255; the least and the greatest of each file unless given
 */
public record VolumeForm(int frames, @Default("[]") List<Double> window) implements Serializable {
  public VolumeForm {
    window = List.copyOf(window);
    if (frames < 1) {
      throw new IllegalArgumentException("frames must be at least 1, got " + frames);
    }
    boolean ordered =
        window.isEmpty()
            || (window.size() == 2
                && Double.isFinite(window.get(1) - window.get(0))
                && window.get(0) < window.get(1));
    if (!ordered) {
      throw new IllegalArgumentException(
          "window needs two numbers, the lower one first, such as [0, 1000], got " + window);
    }
  }
}
