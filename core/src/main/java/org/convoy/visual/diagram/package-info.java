/**
 * Diagrams of networks as SVG: {@link org.convoy.visual.diagram.NetworkDiagram} groups nodes into
 * boxes, puts boxes on ranks and beside each other, and draws. Uses {@code nn} and {@code tensor}.
 */
package org.convoy.visual.diagram;
