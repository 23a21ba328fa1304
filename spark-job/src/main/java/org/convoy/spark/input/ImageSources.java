package org.convoy.spark.input;

import org.convoy.description.Registry;

/** All kinds of sources by the names they have in recipes. */
public final class ImageSources {
  private static final Registry<ImageSource> REGISTRY =
      new Registry<>(ImageSource.class, "image source")
          .add("idx", IdxSource.class)
          .add("cifar10", Cifar10Source.class)
          .add("cifar100", Cifar100Source.class)
          .add("folder", FolderSource.class)
          .add("zip", ZipSource.class)
          .add("tar", TarSource.class)
          .add("binary-file", BinaryFileSource.class)
          .add("list", ListSource.class)
          .add("parquet", ParquetSource.class)
          .add("packed", PackedSource.class)
          .add("sequence-file", SequenceFileSource.class)
          .add("split", SplitSource.class);

  private ImageSources() {}

  /** The registry that reads and writes them. */
  public static Registry<ImageSource> registry() {
    return REGISTRY;
  }
}
