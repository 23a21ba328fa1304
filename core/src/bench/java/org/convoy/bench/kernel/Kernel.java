package org.convoy.bench.kernel;

/**
 * A call of a backend with its operands.
 *
 * @param work of one call, in the unit
 * @param call writes the same operands each time
 */
public record Kernel(double work, Unit unit, Runnable call) {

  /** What is counted. */
  public enum Unit {
    /** Floating-point operations, two for a multiply-add. */
    FLOP("GFLOP/s"),
    /** Elements of the input. */
    ELEMENT("Gelem/s");

    private final String rate;

    Unit(String rate) {
      this.rate = rate;
    }

    /** Name of 10^9 of these a second. */
    public String rate() {
      return rate;
    }
  }
}
