package dev.berth.lambda.iam;

import dev.berth.registry.identity.Entity;
import dev.berth.registry.identity.Identities;
import dev.berth.registry.store.Page;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** How many users and roles of an account use AWS's policies, which nobody keeps count of. */
record PolicyUse(Identities identities) {

  private static final int AT_ONCE = 1000;

  /**
   * @param attachments users and roles that a policy is attached to
   * @param boundaries users and roles that it bounds the permissions of
   */
  record Count(long attachments, long boundaries) {

    static final Count NONE = new Count(0, 0);

    Count and(Count more) {
      return new Count(attachments + more.attachments, boundaries + more.boundaries);
    }
  }

  @FunctionalInterface
  private interface Listing {
    Page<? extends Entity> read(String account, Optional<String> after, int limit);
  }

  /** By the policies' ARNs; those that nobody uses are left out. */
  Map<String, Count> counts(String account) {
    Map<String, Count> counts = new HashMap<>();
    count(account, identities.users()::list, counts);
    count(account, identities.roles()::list, counts);
    return counts;
  }

  private static void count(String account, Listing listing, Map<String, Count> counts) {
    Optional<String> after = Optional.empty();
    do {
      Page<? extends Entity> page = listing.read(account, after, AT_ONCE);
      page.entries().forEach(entity -> count(entity, counts));
      after = page.next();
    } while (after.isPresent());
  }

  private static void count(Entity entity, Map<String, Count> counts) {
    entity.permissions().attached().forEach(arn -> counts.merge(arn, new Count(1, 0), Count::and));
    entity
        .permissions()
        .boundary()
        .ifPresent(arn -> counts.merge(arn, new Count(0, 1), Count::and));
  }
}
