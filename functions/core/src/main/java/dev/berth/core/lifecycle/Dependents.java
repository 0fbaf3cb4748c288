package dev.berth.core.lifecycle;

import dev.berth.core.lifecycle.Expiration.Reason.Follows;
import dev.berth.core.oci.Digest;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;

/**
 * The images that stay or go with others: those that an index of the repository names, and those
 * that refer to an image of the repository. No rule selects them while what holds them is there.
 *
 * <p>They go with the last image that holds them. Only a child that has tags of its own stays: it
 * was wanted for itself too, and the rules decide about it from the next evaluation on.
 */
final class Dependents {

  private static final Comparator<Expiration> LAST_RULE =
      Comparator.comparingInt(Expiration::rulePriority)
          .thenComparing(expiration -> expiration.image().digest(), Comparator.reverseOrder());

  private final Map<Digest, LifecycleImage> images = new HashMap<>();

  /** By a dependent image, the images that hold it. */
  private final Map<Digest, Set<Digest>> holders = new HashMap<>();

  /** By an image, those that it holds. */
  private final Map<Digest, Set<Digest>> held = new HashMap<>();

  Dependents(Collection<LifecycleImage> all) {
    all.forEach(image -> images.put(image.digest(), image));
    for (LifecycleImage image : all) {
      image.children().forEach(child -> hold(image.digest(), child));
      image.subject().ifPresent(subject -> hold(subject, image.digest()));
    }
  }

  private void hold(Digest holder, Digest dependent) {
    if (images.containsKey(holder) && images.containsKey(dependent)) {
      holders.computeIfAbsent(dependent, any -> new HashSet<>()).add(holder);
      held.computeIfAbsent(holder, any -> new HashSet<>()).add(dependent);
    }
  }

  boolean contains(LifecycleImage image) {
    return holders.containsKey(image.digest());
  }

  /**
   * Those that go with images that expire, those that go with them, and so on.
   *
   * @param leaders expirations of images that are no dependents
   */
  List<Expiration> followers(Collection<Expiration> leaders) {
    Map<Digest, Expiration> expiring = new HashMap<>();
    Map<Digest, Integer> left = new HashMap<>();
    List<Expiration> followers = new ArrayList<>();
    Queue<Expiration> gone = new ArrayDeque<>();
    for (Expiration leader : leaders) {
      // most images hold no other
      if (held.containsKey(leader.image().digest())) {
        expiring.put(leader.image().digest(), leader);
        gone.add(leader);
      }
    }
    while (!gone.isEmpty()) {
      Digest holder = gone.remove().image().digest();
      for (Digest dependent : held.getOrDefault(holder, Set.of())) {
        int remaining = left.getOrDefault(dependent, holders.get(dependent).size()) - 1;
        left.put(dependent, remaining);
        if (remaining == 0 && follows(images.get(dependent))) {
          Expiration follower = follower(dependent, expiring);
          expiring.put(dependent, follower);
          followers.add(follower);
          gone.add(follower);
        }
      }
    }
    return followers;
  }

  private boolean follows(LifecycleImage image) {
    return image.tags().isEmpty() || image.subject().filter(images::containsKey).isPresent();
  }

  /** It goes by the rule without which something would still hold it: the last one. */
  private Expiration follower(Digest dependent, Map<Digest, Expiration> expiring) {
    Expiration last =
        holders.get(dependent).stream().map(expiring::get).max(LAST_RULE).orElseThrow();
    return new Expiration(
        images.get(dependent), last.rulePriority(), new Follows(last.image().digest()));
  }
}
