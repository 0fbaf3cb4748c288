package dev.berth.registry.identity;

import java.time.Instant;
import java.util.Collections;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A customer managed policy, of which there is one version, {@code v1}.
 *
 * @param path begins and ends with {@code /}
 * @param id unique, never used again: {@code ANPA} and 17 characters
 * @param description may be empty
 * @param text as it was given
 * @param attachments users and roles that it is attached to
 * @param boundaryUses users and roles that it bounds the permissions of
 */
public record CustomerPolicy(
    String account,
    String path,
    String name,
    String id,
    String description,
    String text,
    Instant createdAt,
    SortedMap<String, String> tags,
    long attachments,
    long boundaryUses) {

  private static final Pattern ARN =
      Pattern.compile(
          "arn:aws:iam::(?<account>[0-9]{12}):policy/(?:[!-~]*/)?(?<name>[a-zA-Z0-9_+=,.@-]{1,128})");

  public CustomerPolicy {
    tags = Collections.unmodifiableSortedMap(new TreeMap<>(tags));
  }

  /** One that is about to be made. */
  public static CustomerPolicy made(
      String account,
      String path,
      String name,
      String description,
      String text,
      Instant now,
      SortedMap<String, String> tags) {
    return new CustomerPolicy(
        account, path, name, UniqueIds.ofPolicy(), description, text, now, tags, 0, 0);
  }

  public String arn() {
    return "arn:aws:iam::" + account + ":policy" + path + name;
  }

  /** Account and name of an ARN in the form of a customer managed policy's. */
  record Reference(String account, String name) {

    static Optional<Reference> of(String arn) {
      Matcher matcher = ARN.matcher(arn);
      return matcher.matches()
          ? Optional.of(new Reference(matcher.group("account"), matcher.group("name")))
          : Optional.empty();
    }
  }
}
