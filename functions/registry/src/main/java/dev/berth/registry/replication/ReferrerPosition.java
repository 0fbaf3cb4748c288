package dev.berth.registry.replication;

import dev.berth.core.oci.Digest;
import java.util.ArrayList;
import java.util.List;

/**
 * How far the referrers of an image have come, of which there may be more than one attempt can
 * send: what is before it has been sent.
 */
final class ReferrerPosition {

  private final List<Step> from;
  private final List<Step> at = new ArrayList<>();

  /**
   * From an image to one of its referrers.
   *
   * @param subject the image, or one that it names
   */
  record Step(Digest subject, Digest referrer) {}

  /**
   * @param from where the attempt before this one ended, each step below the one before; empty to
   *     begin
   */
  ReferrerPosition(List<Step> from) {
    this.from = List.copyOf(from);
  }

  List<Step> from() {
    return from;
  }

  int depth() {
    return at.size();
  }

  void enter(Step step) {
    at.add(step);
  }

  void leave() {
    at.removeLast();
  }

  /** Where to go on. On the way back to where it began, that is still the beginning. */
  List<Step> reached() {
    return isOnTheWay() ? from : List.copyOf(at);
  }

  /** Whether an attempt before came here already. */
  boolean isOnTheWay() {
    return at.size() <= from.size() && from.subList(0, at.size()).equals(at);
  }
}
