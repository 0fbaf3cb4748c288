package dev.berth.registry.identity;

import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A role of an account.
 *
 * @param path begins and ends with {@code /}; {@code /aws-service-role/...} for one that a service
 *     owns
 * @param id unique, never used again: {@code AROA} and 17 characters
 * @param description may be empty
 * @param trustPolicy who may assume it: the policy's text
 * @param longestSession of those that assume it, an hour to twelve
 */
public record Role(
    String account,
    String path,
    String name,
    String id,
    String description,
    Instant createdAt,
    String trustPolicy,
    Duration longestSession,
    Permissions permissions,
    SortedMap<String, String> tags)
    implements Entity {

  /** Of a role that says nothing else (IAM API, CreateRole). */
  public static final Duration AN_HOUR = Duration.ofHours(1);

  public Role {
    tags = Collections.unmodifiableSortedMap(new TreeMap<>(tags));
  }

  /** One that is about to be made. */
  public static Role made(
      String account,
      String path,
      String name,
      String description,
      Instant now,
      String trustPolicy,
      Duration longestSession,
      Permissions permissions,
      SortedMap<String, String> tags) {
    return new Role(
        account,
        path,
        name,
        UniqueIds.ofRole(),
        description,
        now,
        trustPolicy,
        longestSession,
        permissions,
        tags);
  }

  @Override
  public String arn() {
    return "arn:aws:iam::" + account + ":role" + path + name;
  }

  public Role with(Permissions changed) {
    return new Role(
        account,
        path,
        name,
        id,
        description,
        createdAt,
        trustPolicy,
        longestSession,
        changed,
        tags);
  }

  public Role with(SortedMap<String, String> changed) {
    return new Role(
        account,
        path,
        name,
        id,
        description,
        createdAt,
        trustPolicy,
        longestSession,
        permissions,
        changed);
  }

  public Role withTrustPolicy(String changed) {
    return new Role(
        account,
        path,
        name,
        id,
        description,
        createdAt,
        changed,
        longestSession,
        permissions,
        tags);
  }

  public Role withDescription(String changed) {
    return new Role(
        account,
        path,
        name,
        id,
        changed,
        createdAt,
        trustPolicy,
        longestSession,
        permissions,
        tags);
  }

  public Role withLongestSession(Duration changed) {
    return new Role(
        account, path, name, id, description, createdAt, trustPolicy, changed, permissions, tags);
  }
}
