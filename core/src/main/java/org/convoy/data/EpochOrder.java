package org.convoy.data;

/**
 * Which images an epoch visits, and in which order. Position q of the whole epoch belongs to shard
 * q mod S, as its local position q / S: a step over positions from..to-1 takes exactly that many
 * images, whatever the number of shards.
 */
public interface EpochOrder {

  /** Receives the places of a shard's images one by one. */
  @FunctionalInterface
  interface Visitor {
    /**
     * @param chunk index of the chunk in its shard
     * @param slot place of the image in the chunk
     * @param turn how often the run has visited this image before, in all epochs: what is drawn for
     *     it is drawn by this number
     */
    void visit(int chunk, int slot, int turn);
  }

  /**
   * Visits, in order, the images of one shard among positions {@code from}..{@code to}-1 of the
   * whole epoch.
   */
  void visit(int shard, long from, long to, Visitor visitor);
}
