package dev.berth.core.token;

import dev.berth.core.authz.Principal;
import dev.berth.core.authz.Session;
import dev.berth.core.secret.Sealer;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/**
 * Issues and opens authorization tokens: the passwords of {@code docker login}. Nothing is kept; a
 * token is whatever this deployment sealed.
 */
public final class AuthorizationTokens {

  /** How long a token is valid: "Registry authentication" in the ECR User Guide. */
  public static final Duration VALIDITY = Duration.ofHours(12);

  /** Of a password, in characters: several times what a token needs. */
  public static final int MAX_LENGTH = 4096;

  private final Sealer sealer;
  private final Clock clock;

  /**
   * @param sealer for the purpose AUTHORIZATION_TOKEN
   */
  public AuthorizationTokens(Sealer sealer, Clock clock) {
    this.sealer = sealer;
    this.clock = clock;
  }

  /**
   * A new token.
   *
   * @param password what a client sends as the user {@code AWS}; in unreserved characters
   */
  public record Issued(String password, Instant expiresAt) {

    @Override
    public String toString() {
      return "Issued[expiresAt=" + expiresAt + "]";
    }
  }

  /** What a password turns out to be. */
  public sealed interface Opened {

    record Valid(AuthorizationToken token) implements Opened {}

    record Expired(AuthorizationToken token) implements Opened {}

    /** This deployment did not issue it. */
    record Forged() implements Opened {}
  }

  /** For as long as the credentials last that ask for it, and {@link #VALIDITY} at most. */
  public Issued issue(Principal principal, String region) {
    Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
    Instant whole = now.plus(VALIDITY);
    Instant expiresAt =
        principal
            .session()
            .map(Session::expiresAt)
            .filter(sessionEnd -> sessionEnd.isBefore(whole))
            .orElse(whole);
    var token =
        new AuthorizationToken(
            principal.accessKeyId(),
            principal.account(),
            principal.uniqueId(),
            region,
            now,
            expiresAt);
    return new Issued(sealer.seal(TokenFormat.write(token)), expiresAt);
  }

  public Opened open(String password) {
    Optional<byte[]> payload =
        password.length() > MAX_LENGTH ? Optional.empty() : sealer.open(password);
    return payload.flatMap(TokenFormat::read).map(this::dated).orElseGet(Opened.Forged::new);
  }

  private Opened dated(AuthorizationToken token) {
    return clock.instant().isBefore(token.expiresAt())
        ? new Opened.Valid(token)
        : new Opened.Expired(token);
  }
}
