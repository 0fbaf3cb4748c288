package dev.berth.registry.identity;

import dev.berth.core.authz.Principal;
import dev.berth.core.authz.Session;
import dev.berth.core.authz.Session.AssumedRole;
import dev.berth.core.sigv4.AccessKey;
import dev.berth.registry.store.Item;
import dev.berth.registry.store.Keys;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * How an access key is written down: the item under {@link Keys#accessKey}. A temporary one has its
 * session in it.
 */
final class KeyItem {

  static final String STATUS = "status";
  static final String ACTIVE = "Active";
  static final String INACTIVE = "Inactive";

  private static final String ACCOUNT = "account";
  private static final String ARN = "arn";
  private static final String UNIQUE_ID = "uniqueId";
  private static final String SECRET = "secret";
  private static final String TOKEN = "sessionToken";
  private static final String ISSUED_AT = "issuedAt";
  private static final String EXPIRES_AT = "expiresAt";
  private static final String PARENT = "parent";
  private static final String ROLE_ARN = "roleArn";
  private static final String ROLE_NAME = "roleName";
  private static final String ROLE_ID = "roleId";
  private static final String POLICY = "policy:";
  private static final String TAG = "tag:";

  private final SealedText sealed;

  KeyItem(SealedText sealed) {
    this.sealed = sealed;
  }

  /**
   * A key that is kept.
   *
   * @param active whether it may be used
   * @param parent the key that asked for a session of its own principal, and without which the
   *     session is no good either
   */
  record Kept(AccessKey key, boolean active, Optional<String> parent) {}

  Item write(AccessKey key, Optional<String> parent) {
    Principal principal = key.principal();
    Item.Builder item =
        Item.at(Keys.accessKey(key.id()))
            .number(Keys.FORMAT_ATTRIBUTE, Keys.FORMAT)
            .text(STATUS, ACTIVE)
            .text(ACCOUNT, principal.account())
            .text(ARN, principal.arn())
            .text(UNIQUE_ID, principal.uniqueId())
            .text(PARENT, parent);
    sealed.write(item, SECRET, key.id(), key.secret());
    key.sessionToken().ifPresent(token -> sealed.write(item, TOKEN, key.id(), token));
    principal.session().ifPresent(session -> write(item, session));
    return item.build();
  }

  private static void write(Item.Builder item, Session session) {
    item.number(ISSUED_AT, session.issuedAt().toEpochMilli())
        .number(EXPIRES_AT, session.expiresAt().toEpochMilli());
    session
        .role()
        .ifPresent(
            role ->
                item.text(ROLE_ARN, role.arn())
                    .text(ROLE_NAME, role.name())
                    .text(ROLE_ID, role.id()));
    for (int i = 0; i < session.policies().size(); i++) {
      item.text("%s%02d".formatted(POLICY, i), session.policies().get(i));
    }
    session.tags().forEach((key, value) -> item.text(TAG + key, value));
  }

  Kept read(Item item) {
    String id = item.key().partition().substring(Keys.accessKey("").partition().length());
    var principal =
        new Principal(item.text(ACCOUNT), item.text(ARN), item.text(UNIQUE_ID), id, session(item));
    Optional<String> token = principal.session().map(temporary -> sealed.read(item, TOKEN, id));
    return new Kept(
        new AccessKey(id, sealed.read(item, SECRET, id), principal, token),
        item.text(STATUS).equals(ACTIVE),
        item.optionalText(PARENT));
  }

  private static Optional<Session> session(Item item) {
    return item.optionalNumber(EXPIRES_AT).isEmpty()
        ? Optional.empty()
        : Optional.of(
            new Session(
                Instant.ofEpochMilli(item.number(ISSUED_AT)),
                Instant.ofEpochMilli(item.number(EXPIRES_AT)),
                item.optionalText(ROLE_ARN)
                    .map(arn -> new AssumedRole(arn, item.text(ROLE_NAME), item.text(ROLE_ID))),
                List.copyOf(EntityItem.named(item, POLICY).values()),
                EntityItem.named(item, TAG)));
  }
}
