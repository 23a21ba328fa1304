package org.convoy.spark.input;

import java.util.Iterator;
import java.util.function.Function;

/** Applies a function to each item when it is asked for. */
final class MappedIterator<A, B> implements Iterator<B> {
  private final Iterator<A> items;
  private final Function<A, B> function;

  MappedIterator(Iterator<A> items, Function<A, B> function) {
    this.items = items;
    this.function = function;
  }

  @Override
  public boolean hasNext() {
    return items.hasNext();
  }

  @Override
  public B next() {
    return function.apply(items.next());
  }
}
