package org.convoy.augment;

import org.convoy.description.Registry;

/** All augmentations by the names they have in recipes. */
public final class Augmentations {
  private static final Registry<Augmentation> REGISTRY =
      new Registry<>(Augmentation.class, "augmentation")
          .add("random-flip", RandomFlip.class)
          .add("random-crop", RandomCrop.class)
          .add("center-crop", CenterCrop.class)
          .add("resize", Resize.class)
          .add("random-resized-crop", RandomResizedCrop.class)
          .add("random-rotation", RandomRotation.class)
          .add("random-shear", RandomShear.class)
          .add("random-scale", RandomScale.class)
          .add("random-translation", RandomTranslation.class)
          .add("random-affine", RandomAffine.class)
          .add("random-perspective", RandomPerspective.class)
          .add("local-warp", LocalWarp.class)
          .add("color-jitter", ColorJitter.class)
          .add("color-shift", ColorShift.class)
          .add("pca-color-shift", PcaColorShift.class)
          .add("random-grayscale", RandomGrayscale.class)
          .add("gaussian-blur", GaussianBlur.class)
          .add("gaussian-noise", GaussianNoise.class)
          .add("cutout", Cutout.class)
          .add("random-erasing", RandomErasing.class)
          .add("rand-augment", RandAugment.class)
          .add("trivial-augment", TrivialAugment.class)
          .add("random-apply", RandomApply.class)
          .add("random-choice", RandomChoice.class);

  private Augmentations() {}

  /** The registry that reads and writes them. */
  public static Registry<Augmentation> registry() {
    return REGISTRY;
  }

  /** What messages call an augmentation: its registered name, or its class. */
  public static String label(Augmentation augmentation) {
    return REGISTRY.types().containsValue(augmentation.getClass())
        ? REGISTRY.nameOf(augmentation)
        : augmentation.getClass().getSimpleName();
  }
}
