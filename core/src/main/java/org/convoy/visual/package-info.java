/**
 * Pictures of networks and of what they see: filters, feature maps, class-activation maps, and
 * diagrams. Pictures are drawn pixel by pixel, with letters of our own, so that they are the same
 * on every machine, with fonts or without.
 *
 * <p>Uses {@code predict}, {@code filter}, {@code nn}, {@code augment}, {@code image} and what is
 * below them.
 */
package org.convoy.visual;
