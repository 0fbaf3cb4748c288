package dev.berth.core.lifecycle;

import dev.berth.core.oci.Digest;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Orders images that expire: one that expires for itself, and behind it those that go with it,
 * which nothing else holds then. So whoever deletes family by family leaves nothing behind that no
 * rule looks at for what it was part of.
 */
public final class ExpirationFamilies {

  private final Map<Digest, Member> members = new HashMap<>();

  /** By an image, those that it holds. */
  private final Map<Digest, Set<Digest>> held = new HashMap<>();

  /** By an image, how many there are that hold it still. */
  private final Map<Digest, Integer> holders = new HashMap<>();

  /**
   * An image of a family.
   *
   * @param wave 0 for the first; of the others one more than the highest of those that hold it, so
   *     that images of one wave can go in any order
   */
  public record Member(Expiration expiration, int wave) {}

  private ExpirationFamilies(Collection<Expiration> expirations) {
    expirations.forEach(one -> members.put(one.image().digest(), new Member(one, 0)));
    for (Expiration expiration : expirations) {
      LifecycleImage image = expiration.image();
      image.children().forEach(child -> hold(image.digest(), child));
      image.subject().ifPresent(subject -> hold(subject, image.digest()));
    }
  }

  private void hold(Digest holder, Digest dependent) {
    if (members.containsKey(holder)
        && members.containsKey(dependent)
        && held.computeIfAbsent(holder, any -> new HashSet<>()).add(dependent)) {
      holders.merge(dependent, 1, Integer::sum);
    }
  }

  /**
   * @param expirations of one evaluation
   * @return each of them once; who is held by images of several families is in the last of them
   */
  public static List<List<Member>> of(List<Expiration> expirations) {
    var families = new ExpirationFamilies(expirations);
    List<Digest> first =
        expirations.stream()
            .map(expiration -> expiration.image().digest())
            .filter(digest -> !families.holders.containsKey(digest))
            .toList();
    return first.stream().map(families::family).toList();
  }

  private List<Member> family(Digest first) {
    List<Member> family = new ArrayList<>(List.of(members.get(first)));
    for (int next = 0; next < family.size(); next++) {
      Member gone = family.get(next);
      for (Digest dependent : held.getOrDefault(gone.expiration().image().digest(), Set.of())) {
        // the number of those that hold it falls to 0 once: when the last of them goes
        Member later =
            members.computeIfPresent(
                dependent,
                (any, member) ->
                    new Member(member.expiration(), Math.max(member.wave(), gone.wave() + 1)));
        if (holders.merge(dependent, -1, Integer::sum) == 0) {
          family.add(later);
        }
      }
    }
    return List.copyOf(family);
  }
}
