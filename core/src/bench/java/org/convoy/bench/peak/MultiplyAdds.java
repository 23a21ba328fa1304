package org.convoy.bench.peak;

import java.util.function.LongSupplier;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * Fused multiply-adds as fast as one thread can do them: independent chains in registers, enough to
 * fill two units' pipelines, of vectors as wide as the JVM prefers.
 */
public final class MultiplyAdds implements LongSupplier {
  private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;
  private static final int CHAINS = 12;
  private static final int STEPS = 60_000;

  private float result;

  /** Does some, and returns how many floating-point operations that were (two for each). */
  @Override
  public long getAsLong() {
    result = chains(1e-3f + 1e-9f * result);
    return 2L * CHAINS * STEPS * SPECIES.length();
  }

  private static float chains(float value) {
    FloatVector x = FloatVector.broadcast(SPECIES, value);
    FloatVector a = x;
    FloatVector b = x;
    FloatVector c = x;
    FloatVector d = x;
    FloatVector e = x;
    FloatVector f = x;
    FloatVector g = x;
    FloatVector h = x;
    FloatVector i = x;
    FloatVector j = x;
    FloatVector k = x;
    FloatVector l = x;
    for (int step = 0; step < STEPS; step++) {
      a = x.fma(x, a);
      b = x.fma(x, b);
      c = x.fma(x, c);
      d = x.fma(x, d);
      e = x.fma(x, e);
      f = x.fma(x, f);
      g = x.fma(x, g);
      h = x.fma(x, h);
      i = x.fma(x, i);
      j = x.fma(x, j);
      k = x.fma(x, k);
      l = x.fma(x, l);
    }
    FloatVector first = a.add(b).add(c).add(d).add(e).add(f);
    FloatVector second = g.add(h).add(i).add(j).add(k).add(l);
    return first.add(second).reduceLanes(VectorOperators.ADD);
  }
}
