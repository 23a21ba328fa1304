package org.convoy;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.library.Architectures.LayeredArchitecture;
import com.tngtech.archunit.library.GeneralCodingRules;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.SplittableRandom;

/** The map of core: who may import whom, and what no class of core does. */
@AnalyzeClasses(packages = "org.convoy", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
  /** A package (with those below it), then all that it may use. */
  private static final List<String> MAP =
      List.of(
          "tensor",
          "random",
          "description",
          "backend     -> tensor",
          "image       -> tensor description",
          "augment     -> image tensor random description",
          "filter      -> backend image tensor description",
          "nn          -> filter backend tensor random description",
          "model       -> nn backend tensor random description",
          "optim       -> nn backend tensor random description",
          "data        -> augment image tensor random",
          "predict     -> data augment image nn backend tensor random description",
          // Judges by what a network predicts.
          "train       -> predict data model optim augment image nn backend tensor random description",
          "onnx        -> nn backend tensor random description",
          "visual      -> predict data augment image filter nn backend tensor random description",
          "checkpoint  -> train data model optim augment image nn backend tensor random description");

  /** Functions of Math that may differ in the last bit between JVMs and between compiler tiers. */
  private static final Set<String> NOT_BIT_STABLE =
      Set.of(
          "exp", "expm1", "log", "log10", "log1p", "pow", "cbrt", "hypot", "sin", "cos", "tan",
          "asin", "acos", "atan", "atan2", "sinh", "cosh", "tanh");

  @ArchTest static final ArchRule PACKAGES_USE_WHAT_THE_MAP_ALLOWS = layers(MAP);

  @ArchTest
  static final ArchRule PACKAGES_HAVE_NO_CYCLES =
      slices()
          .matching("org.convoy.(**)")
          .should()
          .beFreeOfCycles()
          // The facade names its implementations, and they implement it.
          .ignoreDependency(
              resideInAPackage("org.convoy.backend"), resideInAPackage("org.convoy.backend.*"));

  @ArchTest
  static final ArchRule CORE_KNOWS_NO_CLUSTER =
      noClasses()
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "org.convoy.spark..",
              "org.apache.spark..",
              "org.apache.hadoop..",
              "com.esotericsoftware..",
              "scala..");

  @ArchTest
  static final ArchRule VECTOR_API_STAYS_IN_ITS_ROOM =
      noClasses()
          .that()
          .resideOutsideOfPackage("org.convoy.backend.simd..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("jdk.incubator.vector..");

  @ArchTest
  static final ArchRule CHANCE_HAS_A_SEED =
      noClasses()
          .should()
          .dependOnClassesThat()
          .areAssignableTo(Random.class)
          .orShould()
          .dependOnClassesThat()
          .areAssignableTo(SplittableRandom.class)
          .orShould()
          .callMethod(Math.class, "random")
          .orShould()
          .callMethod(StrictMath.class, "random")
          .because("a random value is a function of seed, purpose, epoch and item: see RandomKey");

  @ArchTest
  static final ArchRule SAME_BITS_ON_EVERY_JVM =
      noClasses()
          .should()
          .accessTargetWhere(
              describe("it is one of Math." + NOT_BIT_STABLE, ArchitectureTest::isNotBitStable))
          .because("Math may differ in the last bit between JVMs and compiler tiers: StrictMath");

  @ArchTest
  static final ArchRule STANDARD_STREAMS_ARE_NOT_USED =
      GeneralCodingRules.NO_CLASSES_SHOULD_ACCESS_STANDARD_STREAMS;

  @ArchTest
  static final ArchRule EXCEPTIONS_ARE_SPECIFIC =
      GeneralCodingRules.NO_CLASSES_SHOULD_THROW_GENERIC_EXCEPTIONS;

  @ArchTest
  static final ArchRule JAVA_UTIL_LOGGING_IS_NOT_USED =
      GeneralCodingRules.NO_CLASSES_SHOULD_USE_JAVA_UTIL_LOGGING;

  private static ArchRule layers(List<String> map) {
    LayeredArchitecture layers =
        layeredArchitecture().consideringOnlyDependenciesInLayers().withOptionalLayers(true);
    for (String line : map) {
      String name = words(line)[0];
      layers = layers.layer(name).definedBy("org.convoy." + name + "..");
    }
    for (String line : map) {
      String[] words = words(line);
      String[] used = Arrays.copyOfRange(words, 1, words.length);
      layers =
          used.length == 0
              ? layers.whereLayer(words[0]).mayNotAccessAnyLayer()
              : layers.whereLayer(words[0]).mayOnlyAccessLayers(used);
    }
    return layers.ensureAllClassesAreContainedInArchitecture();
  }

  private static String[] words(String line) {
    return line.split("[ \\->]+");
  }

  private static boolean isNotBitStable(JavaAccess<?> access) {
    return access.getTargetOwner().isEquivalentTo(Math.class)
        && NOT_BIT_STABLE.contains(access.getName());
  }
}
