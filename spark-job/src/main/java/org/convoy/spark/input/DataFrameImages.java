package org.convoy.spark.input;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.Partitioner;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.api.java.function.Function2;
import org.apache.spark.api.java.function.PairFunction;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import scala.Tuple2;

/** Images of a data frame, shuffled into ranges of their sorted keys. */
final class DataFrameImages implements ImageSet.Reader {
  private final Dataset<Row> rows;
  private final String[] keys;
  private final TableRows reading;

  /**
   * @param rows of key, label, box and image
   * @param keys sorted
   */
  DataFrameImages(Dataset<Row> rows, String[] keys, TableRows reading) {
    this.rows = rows;
    this.keys = keys;
    this.reading = reading;
  }

  @Override
  public EncodedImages first(int count) {
    Object[] some = Arrays.copyOf(keys, count, Object[].class);
    List<EncodedImage> images = new ArrayList<>();
    for (Row row : rows.where(functions.col("key").isin(some)).collectAsList()) {
      images.add(reading.call(row)._2());
    }
    images.sort(Comparator.comparing(EncodedImage::key));
    Iterator<EncodedImage> iterator = images.iterator();
    return new EncodedImages() {
      @Override
      public EncodedImage next() {
        return iterator.hasNext() ? iterator.next() : null;
      }

      @Override
      public void close() {}
    };
  }

  @Override
  public JavaRDD<EncodedImage> read(JavaSparkContext context, int partitions) {
    return read(rows.toJavaRDD(), keys, reading, partitions);
  }

  /**
   * Images in the order of their keys.
   *
   * @param rows in any order
   * @param keys of all rows, sorted
   * @param reading of a row to an image by its key
   */
  static JavaRDD<EncodedImage> read(
      JavaRDD<Row> rows,
      String[] keys,
      PairFunction<Row, String, EncodedImage> reading,
      int partitions) {
    int count = Math.min(partitions, keys.length);
    int[] starts = new int[count];
    String[] firstKeys = new String[count];
    for (int i = 0; i < count; i++) {
      starts[i] = (int) ((long) keys.length * i / count);
      firstKeys[i] = keys[starts[i]];
    }
    return rows.mapToPair(reading)
        .repartitionAndSortWithinPartitions(new ByRange(firstKeys), new TextOrder())
        .mapPartitionsWithIndex(new Numbered(starts, keys.length), true);
  }

  /** The order of {@link String#compareTo}, that travels. */
  private static final class TextOrder implements Comparator<String>, Serializable {
    private static final long serialVersionUID = 1L;

    @Override
    public int compare(String first, String second) {
      return first.compareTo(second);
    }
  }

  /** Partition p has the keys from its first to before that of the next partition. */
  private static final class ByRange extends Partitioner {
    private static final long serialVersionUID = 1L;

    private final String[] firstKeys;

    ByRange(String[] firstKeys) {
      this.firstKeys = firstKeys;
    }

    @Override
    public int numPartitions() {
      return firstKeys.length;
    }

    @Override
    public int getPartition(Object key) {
      int place = Arrays.binarySearch(firstKeys, (String) key);
      return place >= 0 ? place : Math.max(0, -place - 2);
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof ByRange range && Arrays.equals(firstKeys, range.firstKeys);
    }

    @Override
    public int hashCode() {
      return Arrays.hashCode(firstKeys);
    }
  }

  /** Gives images their ids. */
  private static final class Numbered
      implements Function2<
          Integer, Iterator<Tuple2<String, EncodedImage>>, Iterator<EncodedImage>> {
    private static final long serialVersionUID = 1L;

    private final int[] starts;
    private final int end;

    Numbered(int[] starts, int end) {
      this.starts = starts;
      this.end = end;
    }

    @Override
    public Iterator<EncodedImage> call(
        Integer partition, Iterator<Tuple2<String, EncodedImage>> images) {
      int next = partition + 1 < starts.length ? starts[partition + 1] : end;
      return new Iterator<>() {
        private int id = starts[partition];

        @Override
        public boolean hasNext() {
          boolean more = images.hasNext();
          if (more ? id == next : id < next) {
            throw new IllegalStateException(
                "the images changed while they were read: there are others than before");
          }
          return more;
        }

        @Override
        public EncodedImage next() {
          return images.next()._2().withId(id++);
        }
      };
    }
  }
}
