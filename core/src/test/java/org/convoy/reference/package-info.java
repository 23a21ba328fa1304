/**
 * How each recorded operation is computed here, for {@code ReferenceTest}: one small class for
 * layers, blocks of layers, losses, and optimizers with their learning rates.
 */
package org.convoy.reference;
