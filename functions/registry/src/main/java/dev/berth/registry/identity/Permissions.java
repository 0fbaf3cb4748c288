package dev.berth.registry.identity;

import java.util.Collections;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The policies of a user or a role.
 *
 * @param inline name to text
 * @param attached ARNs of managed policies
 * @param boundary the ARN of the managed policy that bounds the permissions
 */
public record Permissions(
    SortedMap<String, String> inline, SortedSet<String> attached, Optional<String> boundary) {

  /** IAM User Guide, "IAM and AWS STS quotas": managed policies attached to a user or a role. */
  public static final int MOST_ATTACHED = 10;

  public static final Permissions NONE =
      new Permissions(new TreeMap<>(), new TreeSet<>(), Optional.empty());

  public Permissions {
    inline = Collections.unmodifiableSortedMap(new TreeMap<>(inline));
    attached = Collections.unmodifiableSortedSet(new TreeSet<>(attached));
  }

  /** With this inline policy, in place of the one of that name. */
  public Permissions withInline(String name, String text) {
    var changed = new TreeMap<>(inline);
    changed.put(name, text);
    return new Permissions(changed, attached, boundary);
  }

  public Permissions withoutInline(String name) {
    var changed = new TreeMap<>(inline);
    changed.remove(name);
    return new Permissions(changed, attached, boundary);
  }

  public Permissions attach(String arn) {
    var changed = new TreeSet<>(attached);
    changed.add(arn);
    return new Permissions(inline, changed, boundary);
  }

  public Permissions detach(String arn) {
    var changed = new TreeSet<>(attached);
    changed.remove(arn);
    return new Permissions(inline, changed, boundary);
  }

  public Permissions withBoundary(Optional<String> arn) {
    return new Permissions(inline, attached, arn);
  }
}
