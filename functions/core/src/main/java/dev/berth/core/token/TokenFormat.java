package dev.berth.core.token;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** A token's bytes before they are sealed: a version and the fields, with spaces between them. */
final class TokenFormat {

  private static final String VERSION = "1";
  private static final int PARTS = 7;

  private TokenFormat() {}

  static byte[] write(AuthorizationToken token) {
    var parts =
        List.of(
            VERSION,
            token.accessKeyId(),
            token.account(),
            token.principalUniqueId(),
            token.region(),
            Long.toString(token.issuedAt().toEpochMilli()),
            Long.toString(token.expiresAt().toEpochMilli()));
    if (parts.stream().anyMatch(part -> part.isEmpty() || part.contains(" "))) {
      throw new IllegalArgumentException("a token's fields are not empty and hold no space");
    }
    return String.join(" ", parts).getBytes(StandardCharsets.UTF_8);
  }

  /** Empty for the format of another version. */
  static Optional<AuthorizationToken> read(byte[] payload) {
    String[] parts = new String(payload, StandardCharsets.UTF_8).split(" ");
    if (!parts[0].equals(VERSION) || parts.length != PARTS) {
      return Optional.empty();
    }
    return Optional.of(
        new AuthorizationToken(
            parts[1], parts[2], parts[3], parts[4], instant(parts[5]), instant(parts[6])));
  }

  private static Instant instant(String millis) {
    return Instant.ofEpochMilli(Long.parseLong(millis));
  }
}
