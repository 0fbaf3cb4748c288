package dev.berth.core.lifecycle;

import dev.berth.core.lifecycle.Expiration.Reason;
import dev.berth.core.lifecycle.Expiration.Reason.BeyondCount;
import dev.berth.core.lifecycle.Expiration.Reason.PulledTooLongAgo;
import dev.berth.core.lifecycle.Expiration.Reason.PushedTooLongAgo;
import dev.berth.core.lifecycle.ExpiryLimit.ImageCount;
import dev.berth.core.lifecycle.ExpiryLimit.SincePulled;
import dev.berth.core.lifecycle.ExpiryLimit.SincePushed;
import dev.berth.core.oci.Digest;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Decides which images of a repository expire (guide, "Lifecycle policy evaluation rules").
 *
 * <p>The rules come one by one, in the order of their priorities. Each looks at all images that its
 * tags select, youngest first, including those that an earlier rule has looked at: they count, but
 * only the others can expire by it. So an image that a rule selects is out of reach for all later
 * rules, even when the rule keeps it.
 */
public final class LifecycleEvaluation {

  /** Comparisons of a tag with a pattern in one evaluation: some seconds of work. */
  private static final long MOST_COMPARISONS = 200_000_000;

  private static final Comparator<LifecycleImage> OLDEST_FIRST =
      Comparator.comparing(LifecycleImage::pushedAt).thenComparing(LifecycleImage::digest);

  private final List<LifecycleImage> youngestFirst;
  private final Dependents dependents;
  private final Instant now;
  private final TagMatcher tags;
  private final Set<Digest> claimed = new HashSet<>();
  private final List<Expiration> expirations = new ArrayList<>();

  private LifecycleEvaluation(Collection<LifecycleImage> images, Instant now, TagMatcher tags) {
    this.dependents = new Dependents(images);
    this.now = now;
    this.tags = tags;
    this.youngestFirst =
        images.stream()
            .filter(image -> !dependents.contains(image))
            .sorted(OLDEST_FIRST.reversed())
            .toList();
  }

  /**
   * @param images all of a repository, each once, in any order
   * @return the images that expire, the oldest first
   * @throws EvaluationTooLargeException if it would take too long
   */
  public static List<Expiration> evaluate(
      LifecyclePolicy policy, Collection<LifecycleImage> images, Instant now) {
    return evaluate(policy, images, now, new TagMatcher(MOST_COMPARISONS));
  }

  static List<Expiration> evaluate(
      LifecyclePolicy policy, Collection<LifecycleImage> images, Instant now, TagMatcher tags) {
    var evaluation = new LifecycleEvaluation(images, now, tags);
    policy.rules().forEach(evaluation::apply);
    return evaluation.result();
  }

  private void apply(LifecycleRule rule) {
    List<LifecycleImage> selected =
        youngestFirst.stream().filter(image -> tags.selects(rule.selection(), image)).toList();
    for (int younger = 0; younger < selected.size(); younger++) {
      LifecycleImage image = selected.get(younger);
      if (claimed.add(image.digest())) {
        excess(rule.limit(), image, younger)
            .ifPresent(why -> expirations.add(new Expiration(image, rule.priority(), why)));
      }
    }
  }

  private Optional<Reason> excess(ExpiryLimit limit, LifecycleImage image, int younger) {
    return switch (limit) {
      case ImageCount(int most) -> when(younger >= most, new BeyondCount(younger));
      case SincePushed(int days) -> when(isOlder(image.pushedAt(), days), new PushedTooLongAgo());
      case SincePulled(int days) -> when(isOlder(image.lastUsedAt(), days), new PulledTooLongAgo());
    };
  }

  private static Optional<Reason> when(boolean exceeded, Reason reason) {
    return exceeded ? Optional.of(reason) : Optional.empty();
  }

  private boolean isOlder(Instant time, int days) {
    return time.isBefore(now.minus(Duration.ofDays(days)));
  }

  private List<Expiration> result() {
    List<Expiration> all = new ArrayList<>(expirations);
    all.addAll(dependents.followers(expirations));
    all.sort(Comparator.comparing(Expiration::image, OLDEST_FIRST));
    return all;
  }
}
