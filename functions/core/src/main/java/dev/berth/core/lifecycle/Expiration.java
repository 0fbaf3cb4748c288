package dev.berth.core.lifecycle;

import dev.berth.core.oci.Digest;

/**
 * The decision that an image expires.
 *
 * @param rulePriority of the one rule by which it does
 */
public record Expiration(LifecycleImage image, int rulePriority, Reason reason) {

  /** Why an image expires. */
  public sealed interface Reason {

    /**
     * The rule selects more images than it keeps, and enough of them are younger.
     *
     * @param younger how many are
     */
    record BeyondCount(int younger) implements Reason {}

    /** It was pushed longer ago than the rule allows. */
    record PushedTooLongAgo() implements Reason {}

    /** It was last pulled, or pushed if it never was, longer ago than the rule allows. */
    record PulledTooLongAgo() implements Reason {}

    /**
     * It is part of an image that expires by the rule, or refers to one.
     *
     * @param image the index or the subject
     */
    record Follows(Digest image) implements Reason {}
  }
}
