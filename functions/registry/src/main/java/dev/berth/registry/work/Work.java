package dev.berth.registry.work;

import dev.berth.core.oci.Digest;
import dev.berth.core.oci.RepositoryName;
import dev.berth.registry.encryption.Encryption;
import dev.berth.registry.encryption.KeyArn;
import dev.berth.registry.store.Item;
import dev.berth.registry.store.Key;
import dev.berth.registry.store.Keys;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What is left to do: after a deletion has been answered, or where the making of a repository broke
 * off. It is written down before or as it becomes necessary, so no crash loses it, and doing it
 * twice does no harm.
 */
public sealed interface Work {

  /** When others may take it, in milliseconds since 1970. */
  String DUE = "due";

  String DIGEST = "digest";
  String ENCRYPTION_KEY = "encryptionKey";
  String GRANTED_KEY = "grantedKey";
  String STEP = "step";
  String POLICY = "policy";
  String LAST_EVALUATED_AT = "lastEvaluatedAt";

  String account();

  RepositoryName repositoryName();

  String repositoryId();

  /**
   * Everything under a deleted repository's id is to be removed.
   *
   * @param encryption of what it held
   * @param last whether this is the second time, an hour later, for writes that were under way
   */
  record PurgeRepository(
      String account,
      RepositoryName repositoryName,
      String repositoryId,
      Encryption encryption,
      boolean last)
      implements Work {}

  /** The deletion of an image has begun, and may have been broken off. */
  record DeleteImage(
      String account, RepositoryName repositoryName, String repositoryId, Digest digest)
      implements Work {}

  /**
   * The grants of a repository whose making broke off are to be retired.
   *
   * @param key what they grant the use of
   */
  record RetireGrants(
      String account, RepositoryName repositoryName, String repositoryId, KeyArn grantedKey)
      implements Work {}

  /**
   * A step of a run of a lifecycle policy has begun: what it expired has yet to be recorded, and
   * what goes with that may be there still.
   *
   * @param step random; its images are found by it
   * @param policyText the policy that was run
   * @param lastEvaluatedAt when it was run before
   */
  record ExpireImages(
      String account,
      RepositoryName repositoryName,
      String repositoryId,
      String step,
      String policyText,
      Optional<Instant> lastEvaluatedAt)
      implements Work {

    private static final String STEPS = "step#";

    /** Where a step is written down. */
    public static Key key(String step) {
      return Keys.work(STEPS + step);
    }
  }

  /** Where this work is written down; the same for the same work. */
  default Key key() {
    return Keys.work(
        switch (this) {
          case PurgeRepository purge -> "repository#" + purge.repositoryId;
          case RetireGrants grants -> "grants#" + grants.repositoryId;
          case ExpireImages expiry -> ExpireImages.STEPS + expiry.step;
          case DeleteImage deletion -> "image#" + deletion.repositoryId + "#" + deletion.digest;
        });
  }

  /**
   * @param due before this, nobody needs to look at it
   */
  default Item item(Instant due) {
    var item =
        Item.at(key())
            .number(Keys.FORMAT_ATTRIBUTE, Keys.FORMAT)
            .number(DUE, due.toEpochMilli())
            .text("account", account())
            .text("repository", repositoryName().value())
            .text("repositoryId", repositoryId());
    return switch (this) {
      case PurgeRepository purge ->
          item.text(ENCRYPTION_KEY, purge.encryption.id())
              .number("last", purge.last ? 1 : 0)
              .build();
      case RetireGrants grants -> item.text(GRANTED_KEY, grants.grantedKey.toString()).build();
      case DeleteImage deletion -> item.text(DIGEST, deletion.digest.toString()).build();
      case ExpireImages expiry -> {
        expiry.lastEvaluatedAt.ifPresent(at -> item.number(LAST_EVALUATED_AT, at.toEpochMilli()));
        yield item.text(STEP, expiry.step).text(POLICY, expiry.policyText).build();
      }
    };
  }

  static Instant due(Item item) {
    return Instant.ofEpochMilli(item.number(DUE));
  }

  static Work of(Item item) {
    String account = item.text("account");
    RepositoryName name = new RepositoryName(item.text("repository"));
    String id = item.text("repositoryId");
    Optional<Digest> digest = item.optionalText(DIGEST).flatMap(Digest::parse);
    if (digest.isPresent()) {
      return new DeleteImage(account, name, id, digest.get());
    }
    Optional<KeyArn> granted = item.optionalText(GRANTED_KEY).flatMap(KeyArn::parse);
    if (granted.isPresent()) {
      return new RetireGrants(account, name, id, granted.get());
    }
    Optional<String> step = item.optionalText(STEP);
    if (step.isPresent()) {
      OptionalLong last = item.optionalNumber(LAST_EVALUATED_AT);
      Optional<Instant> at = last.stream().mapToObj(Instant::ofEpochMilli).findFirst();
      return new ExpireImages(account, name, id, step.get(), item.text(POLICY), at);
    }
    Encryption encryption = Encryption.of(item.text(ENCRYPTION_KEY));
    return new PurgeRepository(account, name, id, encryption, item.number("last") != 0);
  }
}
