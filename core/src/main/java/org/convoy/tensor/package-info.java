/**
 * Shapes, and windows on float arrays. Uses nothing of Convoy; everything that computes uses it.
 */
package org.convoy.tensor;
