/**
 * Using a trained network: classes with probabilities for images, and boxes from networks that tell
 * them, from one view of each or from several ({@link org.convoy.predict.ViewAverage}). Uses {@code
 * data}, {@code augment}, {@code nn} and what is below them.
 */
package org.convoy.predict;
