package dev.berth.lambda.iam;

import dev.berth.registry.identity.Entity;
import dev.berth.registry.identity.IdentityException.LimitExceeded;
import dev.berth.registry.identity.Role;
import java.nio.charset.StandardCharsets;
import java.util.Collection;

/**
 * What the texts of a user's or a role's policies may take. IAM's quotas leave white space aside,
 * but it is kept too, and all of an entity has to fit into one item of the store.
 */
final class StoredTexts {

  /** Bytes: the longest text that IAM takes, twice. */
  private static final int MOST = 2 * 131_072;

  private StoredTexts() {}

  static <T extends Entity> T checked(T entity) {
    long bytes = bytes(entity.permissions().inline().values());
    if (entity instanceof Role role) {
      bytes += bytes(role.trustPolicy());
    }
    if (bytes > MOST) {
      throw LimitExceeded.quota("PolicyTextBytesWithWhiteSpace", MOST);
    }
    return entity;
  }

  private static long bytes(Collection<String> texts) {
    return texts.stream().mapToLong(StoredTexts::bytes).sum();
  }

  private static int bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8).length;
  }
}
