package org.convoy.description;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** The value, written as JSON, that a record component takes when a description leaves it out. */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.RECORD_COMPONENT)
public @interface Default {
  /** JSON, for example {@code 1}, {@code true}, {@code "same"} or {@code [2, 2]}. */
  String value();
}
