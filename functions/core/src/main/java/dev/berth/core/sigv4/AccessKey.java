package dev.berth.core.sigv4;

import dev.berth.core.authz.Principal;

/**
 * A key that signs requests, and whose it is. Never printed with its secret.
 *
 * @param id what a request names: {@code AKIA...}
 * @param secret what it is signed with
 */
public record AccessKey(String id, String secret, Principal principal) {

  @Override
  public String toString() {
    return "AccessKey[" + id + "]";
  }
}
