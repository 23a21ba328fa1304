package org.convoy.spark.input;

import java.util.List;
import org.convoy.data.Annotation;
import org.convoy.data.ChunkLabels;
import org.convoy.data.cifar.CifarFormat;

/** What this package sends by Kryo. */
public final class TravelingClasses {
  private TravelingClasses() {}

  /** Plain classes, written field by field or by a serializer that they name themselves. */
  public static List<Class<?>> plain() {
    return List.of(
        IdxSlice.class,
        CifarSlice.class,
        RecordPart.class,
        CifarFormat.class,
        FolderSlice.class,
        ZipSlice.class,
        ZipFiles.Part.class,
        ListedSlice.class,
        ChosenSlice.class,
        Annotation[].class,
        ParquetSlice.class,
        ParquetFiles.Part.class,
        ParquetColumns.class,
        BoxForm.class,
        RowLabels.class,
        ShardReport.class,
        ShardReport[].class,
        PixelSums.class,
        PackedRecordSlice.class,
        TarSlice.class,
        SequenceFileSlice.class,
        SequenceFiles.Part.class,
        TarFiles.Part.class,
        boolean[].class,
        ImageSlice[].class,
        SortedKeys.class,
        SortedKeys[].class,
        EncodedImage.class,
        DealtImages.class,
        PackedChunk.class,
        ClassTally.class,
        ChunkLabels.class);
  }

  /** Records. */
  public static List<Class<? extends Record>> records() {
    return List.of(KeyedImage.class, UndecodableImage.class, ChunkReport.class);
  }
}
