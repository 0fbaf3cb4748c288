package dev.berth.registry.identity;

import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A user of an account.
 *
 * @param path begins and ends with {@code /}
 * @param id unique, never used again: {@code AIDA} and 17 characters
 * @param keys at most {@link #MOST_KEYS}, the oldest first
 */
public record User(
    String account,
    String path,
    String name,
    String id,
    Instant createdAt,
    Permissions permissions,
    SortedMap<String, String> tags,
    List<UserKey> keys)
    implements Entity {

  /** IAM User Guide, "IAM and AWS STS quotas". */
  public static final int MOST_KEYS = 2;

  public User {
    tags = Collections.unmodifiableSortedMap(new TreeMap<>(tags));
    keys = List.copyOf(keys);
  }

  /** One that is about to be made. */
  public static User made(
      String account,
      String path,
      String name,
      Instant now,
      Permissions permissions,
      SortedMap<String, String> tags) {
    return new User(account, path, name, UniqueIds.ofUser(), now, permissions, tags, List.of());
  }

  @Override
  public String arn() {
    return "arn:aws:iam::" + account + ":user" + path + name;
  }

  public User with(Permissions changed) {
    return new User(account, path, name, id, createdAt, changed, tags, keys);
  }

  public User with(SortedMap<String, String> changed) {
    return new User(account, path, name, id, createdAt, permissions, changed, keys);
  }

  User with(List<UserKey> changed) {
    return new User(account, path, name, id, createdAt, permissions, tags, changed);
  }

  /** An access key, without its secret. */
  public record UserKey(String id, boolean active, Instant createdAt) {}
}
