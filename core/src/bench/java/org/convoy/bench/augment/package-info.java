/** Speed of augmentation: whole chains, from a picture's bytes to a network's input. */
package org.convoy.bench.augment;
