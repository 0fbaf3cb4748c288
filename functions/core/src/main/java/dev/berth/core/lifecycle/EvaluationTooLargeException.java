package dev.berth.core.lifecycle;

/** A policy and a repository whose tags and patterns together take too long to compare. */
public final class EvaluationTooLargeException extends RuntimeException {

  EvaluationTooLargeException(long comparisons) {
    super(
        "more than %d comparisons of tags with patterns".formatted(comparisons),
        null,
        false,
        false);
  }
}
