package dev.berth.lambda.sts;

import dev.berth.core.sigv4.AccessKey;
import dev.berth.lambda.query.Element;

/** Temporary credentials, as they are answered once. */
final class CredentialsElement {

  private CredentialsElement() {}

  static Element of(AccessKey key) {
    return Element.of(
        "Credentials",
        Element.of("AccessKeyId", key.id()),
        Element.of("SecretAccessKey", key.secret()),
        Element.of("SessionToken", key.sessionToken().orElseThrow()),
        Element.of("Expiration", key.principal().session().orElseThrow().expiresAt()));
  }
}
