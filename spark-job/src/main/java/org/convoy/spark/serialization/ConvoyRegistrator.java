package org.convoy.spark.serialization;

import com.esotericsoftware.kryo.Kryo;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.input.PortableDataStream;
import org.apache.spark.serializer.KryoRegistrator;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.util.StatCounter;
import org.convoy.data.Annotation;
import org.convoy.data.Chunk;
import org.convoy.data.PackedAnnotations;
import org.convoy.image.Box;
import org.convoy.image.DecodeResult;
import org.convoy.image.Image;
import org.convoy.predict.ScoredClass;
import org.convoy.spark.input.TravelingClasses;
import org.convoy.spark.scoring.BatchScorer;
import org.convoy.spark.scoring.ScoreTable;
import org.convoy.spark.scoring.ScoredImage;
import org.convoy.spark.training.Aggregation;
import org.convoy.spark.training.ClusterEvaluator;
import org.convoy.spark.wire.AnnotationSerializer;
import org.convoy.spark.wire.GradientSumSerializer;
import org.convoy.spark.wire.JavaBytesSerializer;
import org.convoy.spark.wire.NodeSlice;
import org.convoy.spark.wire.NodeSliceSerializer;
import org.convoy.spark.wire.PackedFloats;
import org.convoy.spark.wire.PackedFloatsSerializer;
import org.convoy.tensor.Shape;
import org.convoy.train.AveragePrecision;
import org.convoy.train.BoxCounts;
import org.convoy.train.Evaluation;
import org.convoy.train.GradientSum;
import org.convoy.train.LabelCounts;
import org.convoy.train.Objective;
import org.convoy.train.PatchMoments;
import org.convoy.train.ShardFault;
import org.convoy.train.SumTree;
import org.convoy.train.TrainingSetup;
import scala.reflect.ClassTag;

/**
 * Everything that travels by Kryo. The order of the lines is the wire format between driver and
 * executors, which run the same jar, so it may change freely from version to version.
 */
public final class ConvoyRegistrator implements KryoRegistrator {
  @Override
  public void registerClasses(Kryo kryo) {
    registerSparkClasses(kryo);
    registerJavaClasses(kryo);
    registerTraining(kryo);
    registerData(kryo);
    registerScoring(kryo);
  }

  /** What Spark's own operations send and its own registration leaves out. */
  private static void registerSparkClasses(Kryo kryo) {
    kryo.register(PortableDataStream.class);
    kryo.register(StatCounter.class);
    // Comes back from jobs that look at Parquet or JSON files; its types are singletons, which only
    // Java serialization keeps.
    kryo.register(StructType.class, new JavaBytesSerializer<StructType>());
    // Inside the groups of groupByKey and cogroup.
    kryo.register(ClassTag.Any().getClass());
    kryo.register(ClassTag.Object().getClass());
  }

  /**
   * Arrays and lists. Sets and maps made by {@code Set.of} and {@code Map.of} are left out on
   * purpose: their order differs from JVM to JVM.
   */
  private static void registerJavaClasses(Kryo kryo) {
    kryo.register(Object[].class);
    kryo.register(List[].class);
    kryo.register(float[][].class);
    kryo.register(ArrayList.class);
    ImmutableListSerializer lists = new ImmutableListSerializer();
    for (List<?> sample : List.of(List.of(), List.of(1), List.of(1, 2))) {
      kryo.register(sample.getClass(), lists);
    }
  }

  private static void registerTraining(Kryo kryo) {
    kryo.register(TrainingSetup.class, new JavaBytesSerializer<TrainingSetup>());
    kryo.register(PackedFloats.class, new PackedFloatsSerializer());
    kryo.register(NodeSlice.class, new NodeSliceSerializer());
    kryo.register(GradientSum.class, new GradientSumSerializer());
    registerRecord(kryo, SumTree.Node.class);
    kryo.register(Aggregation.TaskSums.class, new TaskSumsSerializer());
    kryo.register(Aggregation.TaskSums[].class);
    registerRecord(kryo, ShardFault.class);
    kryo.register(ShardFault[].class);
    kryo.register(ClusterEvaluator.Judge.class, new JavaBytesSerializer<ClusterEvaluator.Judge>());
    kryo.register(Evaluation.class);
    kryo.register(PatchMoments.class);
    kryo.register(double[].class);
    kryo.register(Objective.class);
    kryo.register(LabelCounts.class);
    kryo.register(BoxCounts.class);
    kryo.register(AveragePrecision.class);
    registerRecord(kryo, ClusterEvaluator.ChunkResult.class);
    kryo.register(ClusterEvaluator.ChunkResult[].class);
  }

  private static void registerData(Kryo kryo) {
    kryo.register(Shape.class);
    kryo.register(Annotation.class, new AnnotationSerializer());
    kryo.register(PackedAnnotations.class);
    kryo.register(Chunk.class);
    kryo.register(Chunk[].class);
    kryo.register(int[].class);
    kryo.register(long[].class);
    kryo.register(byte[].class);
    kryo.register(String[].class);
    kryo.register(Image.class);
    registerRecord(kryo, DecodeResult.Decoded.class);
    registerRecord(kryo, DecodeResult.Rejected.class);
    TravelingClasses.plain().forEach(kryo::register);
    TravelingClasses.records().forEach(type -> registerRecord(kryo, type));
  }

  private static void registerScoring(Kryo kryo) {
    kryo.register(BatchScorer.Model.class, new JavaBytesSerializer<BatchScorer.Model>());
    registerRecord(kryo, ScoredClass.class);
    registerRecord(kryo, ScoredImage.class);
    registerRecord(kryo, Box.class);
    registerRecord(kryo, ScoreTable.Counts.class);
  }

  private static <T extends Record> void registerRecord(Kryo kryo, Class<T> type) {
    kryo.register(type, new RecordSerializer<>(type));
  }
}
