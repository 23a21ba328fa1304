package org.convoy.spark.training;

import java.io.Serializable;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.api.java.function.Function;

/**
 * An object that the driver lends to tasks of its own JVM. Only the loan's number travels; a task
 * finds the object by it where tasks run in the driver's JVM and know the same classes, as in local
 * mode, and finds nothing elsewhere, or when the loan has ended.
 *
 * @param <T> type of the object
 */
final class Loan<T> implements Serializable {
  private static final long serialVersionUID = 1L;
  private static final Map<UUID, Object> LENT = new ConcurrentHashMap<>();

  private final UUID number = UUID.randomUUID();

  private Loan() {}

  /** Lends an object until {@link #end}, which must follow. */
  static <T> Loan<T> of(T object) {
    Loan<T> loan = new Loan<>();
    LENT.put(loan.number, Objects.requireNonNull(object));
    return loan;
  }

  /** The object itself, where it can be reached. */
  @SuppressWarnings("unchecked")
  Optional<T> here() {
    return Optional.ofNullable((T) LENT.get(number));
  }

  /** Takes the object back; tasks that are still at work with it may go on. */
  void end() {
    LENT.remove(number);
  }

  /** How many objects are lent in this JVM. */
  static int count() {
    return LENT.size();
  }

  /**
   * Whether tasks find what is lent. Asks one in local mode; elsewhere they have JVMs of theirs.
   */
  static boolean reachesTasks(JavaSparkContext spark) {
    if (!spark.sc().isLocal()) {
      return false;
    }
    Loan<String> loan = of("");
    try {
      return spark.parallelize(List.of(0), 1).map(new IsHere(loan)).first();
    } finally {
      loan.end();
    }
  }

  /** A task that looks for a loan. */
  private static final class IsHere implements Function<Integer, Boolean> {
    private static final long serialVersionUID = 1L;

    private final Loan<String> loan;

    IsHere(Loan<String> loan) {
      this.loan = loan;
    }

    @Override
    public Boolean call(Integer ignored) {
      return loan.here().isPresent();
    }
  }
}
