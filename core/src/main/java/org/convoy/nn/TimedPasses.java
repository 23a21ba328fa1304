package org.convoy.nn;

import java.util.Map;

/** Passes of a network that can be timed, layer by layer. */
public interface TimedPasses {

  /** The network whose layers they run. */
  Network network();

  /**
   * Nodes that are computed together with the one whose output they read, in its passes and on its
   * time, and the name of that one.
   */
  Map<String, String> joined();

  /** Has the passes from now on timed, layer by layer; null ends that. */
  void time(LayerTimer timer);
}
