package org.convoy.spark.input;

import java.io.IOException;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import org.apache.spark.Partitioner;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.api.java.function.FlatMapFunction2;
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
    return read(context, rows.toJavaRDD(), keys, reading, new OtherRows(), partitions);
  }

  /**
   * Images in the order of their keys.
   *
   * @param rows in any order
   * @param keys of all rows, sorted
   * @param reading of a row to an image by its key
   * @param change what becomes of rows that are others than these
   */
  static JavaRDD<EncodedImage> read(
      JavaSparkContext context,
      JavaRDD<Row> rows,
      String[] keys,
      PairFunction<Row, String, EncodedImage> reading,
      Change change,
      int partitions) {
    int count = Math.min(partitions, keys.length);
    List<SortedKeys> expected = new ArrayList<>();
    String[] firstKeys = new String[count];
    for (int i = 0; i < count; i++) {
      int from = (int) ((long) keys.length * i / count);
      int to = (int) ((long) keys.length * (i + 1) / count);
      expected.add(new SortedKeys(from, Arrays.copyOfRange(keys, from, to)));
      firstKeys[i] = keys[from];
    }
    return rows.mapToPair(reading)
        .repartitionAndSortWithinPartitions(new ByRange(firstKeys), new TextOrder())
        .zipPartitions(context.parallelize(expected, count), new Numbered(change));
  }

  /** What to do where rows are no longer those whose keys were found. */
  interface Change extends Serializable {
    /** The image of a row that is not there any more. */
    EncodedImage gone(String key) throws IOException;

    /** Of a row that was not there before, nothing is used. */
    void added(String key);
  }

  /** Rows of a data frame do not come and go by themselves. */
  private static final class OtherRows implements Change {
    private static final long serialVersionUID = 1L;

    @Override
    public EncodedImage gone(String key) {
      throw new IllegalStateException(
          "the data frame changed while it was read: the row of " + key + " is gone");
    }

    @Override
    public void added(String key) {
      throw new IllegalStateException(
          "the data frame changed while it was read: the row of " + key + " was not there before");
    }
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

  /** Gives images their ids, going through a partition's keys and images side by side. */
  private static final class Numbered
      implements FlatMapFunction2<
          Iterator<Tuple2<String, EncodedImage>>, Iterator<SortedKeys>, EncodedImage> {
    private static final long serialVersionUID = 1L;

    private final Change change;

    Numbered(Change change) {
      this.change = change;
    }

    @Override
    public Iterator<EncodedImage> call(
        Iterator<Tuple2<String, EncodedImage>> images, Iterator<SortedKeys> keys) {
      SortedKeys expected = keys.next();
      return new Iterator<>() {
        private int place;
        private Tuple2<String, EncodedImage> image = Numbered.next(images);

        @Override
        public boolean hasNext() {
          passAdded();
          return place < expected.size();
        }

        @Override
        public EncodedImage next() {
          if (!hasNext()) {
            throw new NoSuchElementException("all images were read");
          }
          int id = expected.first() + place;
          String key = expected.key(place++);
          if (image == null || !image._1().equals(key)) {
            return gone(key).withId(id);
          }
          EncodedImage found = image._2();
          image = Numbered.next(images);
          return found.withId(id);
        }

        /** Passes images before the next key; behind the last key, all of them. */
        private void passAdded() {
          while (image != null
              && (place == expected.size() || image._1().compareTo(expected.key(place)) < 0)) {
            change.added(image._1());
            image = Numbered.next(images);
          }
        }
      };
    }

    private static Tuple2<String, EncodedImage> next(
        Iterator<Tuple2<String, EncodedImage>> images) {
      return images.hasNext() ? images.next() : null;
    }

    private EncodedImage gone(String key) {
      try {
        return change.gone(key);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
