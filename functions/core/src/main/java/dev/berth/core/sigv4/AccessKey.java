package dev.berth.core.sigv4;

import dev.berth.core.authz.Principal;
import java.util.Optional;

/**
 * A key that signs requests, and whose it is. Never printed with its secret.
 *
 * @param id what a request names: {@code AKIA...}, or {@code ASIA...} for a temporary one
 * @param secret what it is signed with
 * @param sessionToken what a request has to show as well, for a temporary key
 */
public record AccessKey(
    String id, String secret, Principal principal, Optional<String> sessionToken) {

  public AccessKey {
    if (sessionToken.isPresent() != principal.session().isPresent()) {
      throw new IllegalArgumentException("a temporary key is one of a session");
    }
  }

  /** One that does not end by itself. */
  public AccessKey(String id, String secret, Principal principal) {
    this(id, secret, principal, Optional.empty());
  }

  @Override
  public String toString() {
    return "AccessKey[" + id + "]";
  }
}
