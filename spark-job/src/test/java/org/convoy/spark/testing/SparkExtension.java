package org.convoy.spark.testing;

import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/** Hands out the shared context, and keeps it from being stopped while a test holds it. */
public final class SparkExtension implements ParameterResolver {
  private static final Namespace NAMESPACE = Namespace.create(SparkExtension.class);

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    Class<?> type = parameter.getParameter().getType();
    return type == JavaSparkContext.class || type == SparkSession.class;
  }

  @Override
  public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
    // Closed by JUnit when what the context stands for (a test, or a class of tests) ends.
    SparkLayouts.Lease lease =
        context
            .getStore(NAMESPACE)
            .getOrComputeIfAbsent(
                "lease",
                key -> SparkLayouts.leaseShared(context.getDisplayName()),
                SparkLayouts.Lease.class);
    return parameter.getParameter().getType() == SparkSession.class
        ? lease.layout().session()
        : lease.layout().context();
  }
}
