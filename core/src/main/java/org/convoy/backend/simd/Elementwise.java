package org.convoy.backend.simd;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;
import org.convoy.backend.FloatMath;
import org.convoy.backend.scalar.ScalarBackend;
import org.convoy.tensor.Tensor;

/**
 * {@link FloatMath} and the rectifier, a vector at a time: the same operations in the same order,
 * so the same bits. What is left over behind the last whole vector is computed one by one.
 */
final class Elementwise {
  private static final VectorSpecies<Float> SPECIES = Vectors.SPECIES;
  private static final int ONE_BITS = 0x3F800000;
  private static final int SIGN_BIT = 0x80000000;

  private Elementwise() {}

  static void exp(Tensor input, Tensor output) {
    float[] in = input.data();
    float[] out = output.data();
    int from = input.offset();
    int to = output.offset();
    int bound = SPECIES.loopBound(input.size());
    for (int i = 0; i < bound; i += SPECIES.length()) {
      exp(FloatVector.fromArray(SPECIES, in, from + i)).intoArray(out, to + i);
    }
    for (int i = bound; i < input.size(); i++) {
      out[to + i] = FloatMath.exp(in[from + i]);
    }
  }

  static void sigmoid(Tensor input, Tensor output) {
    float[] in = input.data();
    float[] out = output.data();
    int from = input.offset();
    int to = output.offset();
    int bound = SPECIES.loopBound(input.size());
    for (int i = 0; i < bound; i += SPECIES.length()) {
      sigmoid(FloatVector.fromArray(SPECIES, in, from + i)).intoArray(out, to + i);
    }
    for (int i = bound; i < input.size(); i++) {
      out[to + i] = FloatMath.sigmoid(in[from + i]);
    }
  }

  static void tanh(Tensor input, Tensor output) {
    float[] in = input.data();
    float[] out = output.data();
    int from = input.offset();
    int to = output.offset();
    int bound = SPECIES.loopBound(input.size());
    for (int i = 0; i < bound; i += SPECIES.length()) {
      tanh(FloatVector.fromArray(SPECIES, in, from + i)).intoArray(out, to + i);
    }
    for (int i = bound; i < input.size(); i++) {
      out[to + i] = FloatMath.tanh(in[from + i]);
    }
  }

  static void relu(Tensor input, Tensor output) {
    float[] in = input.data();
    float[] out = output.data();
    int from = input.offset();
    int to = output.offset();
    int bound = SPECIES.loopBound(input.size());
    for (int i = 0; i < bound; i += SPECIES.length()) {
      FloatVector x = FloatVector.fromArray(SPECIES, in, from + i);
      x.blend(0, x.compare(VectorOperators.LE, 0)).intoArray(out, to + i);
    }
    for (int i = bound; i < input.size(); i++) {
      out[to + i] = Math.max(0, in[from + i]);
    }
  }

  static void reluBackward(Tensor output, Tensor outputGradient, Tensor inputGradient) {
    float[] y = output.data();
    float[] gy = outputGradient.data();
    float[] gx = inputGradient.data();
    int atY = output.offset();
    int from = outputGradient.offset();
    int to = inputGradient.offset();
    int bound = SPECIES.loopBound(output.size());
    for (int i = 0; i < bound; i += SPECIES.length()) {
      FloatVector x = FloatVector.fromArray(SPECIES, y, atY + i);
      FloatVector g = FloatVector.fromArray(SPECIES, gy, from + i);
      g.blend(0, x.compare(VectorOperators.EQ, 0)).intoArray(gx, to + i);
    }
    for (int i = bound; i < output.size(); i++) {
      gx[to + i] = y[atY + i] == 0 ? 0 : gy[from + i];
    }
  }

  static void add(Tensor a, Tensor b, boolean rectified, Tensor output) {
    float[] first = a.data();
    float[] second = b.data();
    float[] out = output.data();
    int atA = a.offset();
    int atB = b.offset();
    int to = output.offset();
    int bound = SPECIES.loopBound(output.size());
    FloatVector limit = FloatVector.broadcast(SPECIES, rectified ? 0 : Float.NaN);
    for (int i = 0; i < bound; i += SPECIES.length()) {
      FloatVector x = FloatVector.fromArray(SPECIES, first, atA + i);
      FloatVector sum = x.add(FloatVector.fromArray(SPECIES, second, atB + i));
      sum.blend(0, sum.compare(VectorOperators.LE, limit)).intoArray(out, to + i);
    }
    for (int i = bound; i < output.size(); i++) {
      float sum = first[atA + i] + second[atB + i];
      out[to + i] = rectified ? Math.max(0, sum) : sum;
    }
  }

  static void silu(Tensor input, Tensor output) {
    float[] in = input.data();
    float[] out = output.data();
    int from = input.offset();
    int to = output.offset();
    int bound = SPECIES.loopBound(input.size());
    for (int i = 0; i < bound; i += SPECIES.length()) {
      FloatVector x = FloatVector.fromArray(SPECIES, in, from + i);
      x.mul(sigmoid(x)).intoArray(out, to + i);
    }
    for (int i = bound; i < input.size(); i++) {
      out[to + i] = in[from + i] * FloatMath.sigmoid(in[from + i]);
    }
  }

  static void siluBackward(Tensor input, Tensor outputGradient, Tensor inputGradient) {
    float[] in = input.data();
    float[] gy = outputGradient.data();
    float[] gx = inputGradient.data();
    int atX = input.offset();
    int from = outputGradient.offset();
    int to = inputGradient.offset();
    int bound = SPECIES.loopBound(input.size());
    FloatVector one = FloatVector.broadcast(SPECIES, 1);
    for (int i = 0; i < bound; i += SPECIES.length()) {
      FloatVector x = FloatVector.fromArray(SPECIES, in, atX + i);
      FloatVector s = sigmoid(x);
      FloatVector slope = s.mul(x.fma(one.sub(s), one));
      FloatVector.fromArray(SPECIES, gy, from + i).mul(slope).intoArray(gx, to + i);
    }
    for (int i = bound; i < input.size(); i++) {
      gx[to + i] = gy[from + i] * ScalarBackend.siluSlope(in[atX + i]);
    }
  }

  private static FloatVector sigmoid(FloatVector x) {
    FloatVector one = FloatVector.broadcast(SPECIES, 1);
    FloatVector e = exp(x.abs().neg());
    FloatVector numerator = one.blend(e, x.compare(VectorOperators.LT, 0));
    return numerator.div(e.add(one));
  }

  private static FloatVector exp(FloatVector x) {
    FloatVector bounded = x.max(FloatMath.EXP_LOWEST).min(FloatMath.EXP_HIGHEST);
    FloatVector rounder = FloatVector.broadcast(SPECIES, FloatMath.ROUNDER);
    FloatVector shifted = bounded.fma(FloatVector.broadcast(SPECIES, FloatMath.LOG2_E), rounder);
    IntVector k = exponent(shifted);
    IntVector half = k.lanewise(VectorOperators.ASHR, 1);
    FloatVector mantissa = expMinusOne(bounded, shifted.sub(rounder)).add(1);
    return mantissa.mul(powerOfTwo(half)).mul(powerOfTwo(k.sub(half)));
  }

  private static FloatVector tanh(FloatVector x) {
    FloatVector twice = x.abs().min(FloatMath.TANH_HIGHEST).mul(2);
    FloatVector rounder = FloatVector.broadcast(SPECIES, FloatMath.ROUNDER);
    FloatVector shifted = twice.fma(FloatVector.broadcast(SPECIES, FloatMath.LOG2_E), rounder);
    FloatVector power = powerOfTwo(exponent(shifted));
    FloatVector e = power.fma(expMinusOne(twice, shifted.sub(rounder)), power.sub(1));
    IntVector result = e.div(e.add(2)).reinterpretAsInts();
    IntVector sign = x.reinterpretAsInts().and(SIGN_BIT);
    return result.or(sign).reinterpretAsFloats();
  }

  private static FloatVector expMinusOne(FloatVector x, FloatVector k) {
    FloatVector minusK = k.neg();
    FloatVector r = minusK.fma(FloatVector.broadcast(SPECIES, FloatMath.LN2_HIGH), x);
    r = minusK.fma(FloatVector.broadcast(SPECIES, FloatMath.LN2_LOW), r);
    FloatVector q = FloatVector.broadcast(SPECIES, FloatMath.EXP_5);
    q = q.fma(r, FloatVector.broadcast(SPECIES, FloatMath.EXP_4));
    q = q.fma(r, FloatVector.broadcast(SPECIES, FloatMath.EXP_3));
    q = q.fma(r, FloatVector.broadcast(SPECIES, FloatMath.EXP_2));
    q = q.fma(r, FloatVector.broadcast(SPECIES, FloatMath.EXP_1));
    q = q.fma(r, FloatVector.broadcast(SPECIES, FloatMath.EXP_0));
    return r.mul(r).fma(q, r);
  }

  private static IntVector exponent(FloatVector shifted) {
    return shifted.reinterpretAsInts().sub(FloatMath.ROUNDER_BITS);
  }

  private static FloatVector powerOfTwo(IntVector exponent) {
    return exponent.lanewise(VectorOperators.LSHL, 23).add(ONE_BITS).reinterpretAsFloats();
  }
}
