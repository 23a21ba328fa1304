/**
 * What happens to training pictures anew in each epoch. A {@link org.convoy.augment.PixelPipeline}
 * takes bytes as they are kept on executors and gives floats as a network wants them: geometry,
 * then values in [0, 1], then normalization. It also says where boxes of a picture have gone, and
 * in words what was drawn.
 *
 * <p>An {@link org.convoy.augment.Augmentation} first draws all its random values from a {@link
 * org.convoy.augment.DrawContext}, which names run, epoch and image, and then applies them purely.
 * To add one: write a record that is a {@link org.convoy.augment.GeometricAugmentation}, a {@link
 * org.convoy.augment.PhotometricAugmentation} or, if it chooses among others, a {@link
 * org.convoy.augment.CompositeAugmentation}, and register it in {@link
 * org.convoy.augment.Augmentations}; {@code AugmentationContractTest} then tests it once it is
 * given an example there, and {@code AugmentationGoldenTest} says how to write its picture. What
 * its draws must look like on average is a test of its own.
 *
 * <p>A {@link org.convoy.augment.Mixing} does the same with two pictures of a batch; it is
 * registered in {@link org.convoy.augment.Mixings} and tested by {@code MixingContractTest}.
 *
 * <p>May use {@code image}, {@code tensor}, {@code random} and {@code description}.
 */
package org.convoy.augment;
