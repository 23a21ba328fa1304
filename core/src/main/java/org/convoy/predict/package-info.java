/**
 * Using a trained network: classes with probabilities for images. Uses {@code data}, {@code
 * augment}, {@code nn} and what is below them.
 */
package org.convoy.predict;
