/**
 * What happens to training pictures anew in each epoch. A {@link org.convoy.augment.PixelPipeline}
 * takes bytes as they are kept on executors and gives floats as a network wants them: geometry,
 * then values in [0, 1], then normalization.
 *
 * <p>An {@link org.convoy.augment.Augmentation} first draws all its random values from a key that
 * names run, epoch and image, and then applies them purely. To add one: write a record that is a
 * {@link org.convoy.augment.GeometricAugmentation} or a {@link
 * org.convoy.augment.PhotometricAugmentation}, and register it in {@link
 * org.convoy.augment.Augmentations}; {@code AugmentationContractTest} then tests it once it is
 * given an example there.
 *
 * <p>May use {@code image}, {@code tensor}, {@code random} and {@code description}.
 */
package org.convoy.augment;
