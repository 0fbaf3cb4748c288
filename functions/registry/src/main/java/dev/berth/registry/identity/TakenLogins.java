package dev.berth.registry.identity;

import dev.berth.core.login.CallerIdentityRequest;
import dev.berth.registry.store.Action;
import dev.berth.registry.store.Condition;
import dev.berth.registry.store.Expirations;
import dev.berth.registry.store.Item;
import dev.berth.registry.store.Keys;
import dev.berth.registry.store.Table;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;

/**
 * The presigned requests by which principals of AWS have logged in, in any region: each is good for
 * one login. They are kept until the requests are of no use by themselves.
 */
public final class TakenLogins {

  private final Table home;

  TakenLogins(Table home) {
    this.home = home;
  }

  /** Whether it is taken now, for the first time; of several at once for one of them. */
  public boolean take(CallerIdentityRequest request) {
    Item item =
        Item.at(Keys.takenLogin(hash(request.signature())))
            .number(Keys.FORMAT_ATTRIBUTE, Keys.FORMAT)
            .build();
    return home.transact(
            Action.put(item, Condition.absent()),
            Expirations.deleteAfter(request.expiresAt(), item.key()))
        .committed();
  }

  /** What is kept is of no use to a thief of the table. */
  private static String hash(String signature) {
    try {
      byte[] bytes = signature.getBytes(StandardCharsets.UTF_8);
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
