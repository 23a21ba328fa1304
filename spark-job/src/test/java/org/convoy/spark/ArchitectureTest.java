package org.convoy.spark;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.library.GeneralCodingRules;
import java.util.Random;
import java.util.SplittableRandom;

/** The map of spark-job: who may import whom (core is open to all), and what no class here does. */
@AnalyzeClasses(packages = "org.convoy.spark", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
  @ArchTest
  static final ArchRule PACKAGES_USE_WHAT_THE_MAP_ALLOWS =
      layeredArchitecture()
          .consideringOnlyDependenciesInLayers()
          .withOptionalLayers(true)
          .layer("cli")
          .definedBy("org.convoy.spark.cli..")
          .layer("run")
          .definedBy("org.convoy.spark.run..")
          .layer("config")
          .definedBy("org.convoy.spark.config..")
          .layer("training")
          .definedBy("org.convoy.spark.training..")
          .layer("checkpoint")
          .definedBy("org.convoy.spark.checkpoint..")
          .layer("scoring")
          .definedBy("org.convoy.spark.scoring..")
          .layer("input")
          .definedBy("org.convoy.spark.input..")
          .layer("storage")
          .definedBy("org.convoy.spark.storage..")
          .layer("serialization")
          .definedBy("org.convoy.spark.serialization..")
          .layer("wire")
          .definedBy("org.convoy.spark.wire..")
          .layer("progress")
          .definedBy("org.convoy.spark.progress..")
          .layer("plan")
          .definedBy("org.convoy.spark.plan..")
          .whereLayer("cli")
          .mayNotBeAccessedByAnyLayer()
          .whereLayer("run")
          .mayOnlyAccessLayers(
              "config", "checkpoint", "training", "scoring", "input", "storage", "progress")
          // Recipes lie on any Hadoop file system.
          .whereLayer("config")
          .mayOnlyAccessLayers("input", "storage")
          .whereLayer("checkpoint")
          .mayOnlyAccessLayers("config", "storage", "progress")
          .whereLayer("training")
          .mayOnlyAccessLayers("input", "storage", "wire", "progress")
          .whereLayer("scoring")
          .mayOnlyAccessLayers("input", "storage", "wire", "progress")
          .whereLayer("input")
          .mayOnlyAccessLayers("storage", "wire")
          .whereLayer("storage")
          .mayNotAccessAnyLayer()
          .whereLayer("wire")
          .mayNotAccessAnyLayer()
          .whereLayer("progress")
          .mayNotAccessAnyLayer()
          .whereLayer("plan")
          .mayOnlyAccessLayers("training")
          // Names what travels; whoever is named there cannot use it in turn: that were a cycle.
          .whereLayer("serialization")
          .mayOnlyAccessLayers("input", "training", "scoring", "wire", "progress")
          .ensureAllClassesAreContainedInArchitecture();

  @ArchTest
  static final ArchRule PACKAGES_HAVE_NO_CYCLES =
      slices().matching("org.convoy.spark.(**)").should().beFreeOfCycles();

  @ArchTest
  static final ArchRule ONLY_PUBLIC_SPARK_API_IS_USED =
      noClasses()
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "org.apache.spark.deploy..",
              "org.apache.spark.executor..",
              "org.apache.spark.internal..",
              "org.apache.spark.memory..",
              "org.apache.spark.network..",
              "org.apache.spark.rpc..",
              "org.apache.spark.shuffle..",
              "org.apache.spark.sql.catalyst..",
              "org.apache.spark.sql.classic..",
              "org.apache.spark.sql.execution..",
              "org.apache.spark.sql.internal..",
              "org.apache.spark.unsafe..");

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
  static final ArchRule ONLY_THE_COMMAND_LINE_PRINTS =
      noClasses()
          .that()
          .resideOutsideOfPackage("org.convoy.spark.cli..")
          .should(GeneralCodingRules.ACCESS_STANDARD_STREAMS)
          .because("the command line owns the streams; others return values or log by slf4j");

  @ArchTest
  static final ArchRule EXCEPTIONS_ARE_SPECIFIC =
      GeneralCodingRules.NO_CLASSES_SHOULD_THROW_GENERIC_EXCEPTIONS;

  @ArchTest
  static final ArchRule JAVA_UTIL_LOGGING_IS_NOT_USED =
      GeneralCodingRules.NO_CLASSES_SHOULD_USE_JAVA_UTIL_LOGGING;
}
