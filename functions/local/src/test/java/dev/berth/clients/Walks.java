package dev.berth.clients;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** The {@code aws ecr} commands of pages of ECR's guide that a test types. */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
@interface Walks {

  /** One of each page: its name, a colon and its commands with commas between. */
  String[] value();
}
