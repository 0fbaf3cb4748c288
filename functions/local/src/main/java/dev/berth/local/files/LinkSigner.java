package dev.berth.local.files;

import dev.berth.core.secret.Sealer;
import dev.berth.lambda.http.Parameters;
import dev.berth.registry.store.ObjectRules;
import dev.berth.registry.store.Objects;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * The local host's signed links: {@code <base>/_objects/<key>?method=GET&expires=<epoch
 * seconds>&signature=<sealed>}.
 */
public final class LinkSigner {

  /** What the path of every link begins with. */
  public static final String PATH = "/_objects/";

  private final Sealer sealer;
  private final Supplier<URI> base;
  private final Clock clock;

  /**
   * @param sealer for {@link dev.berth.core.secret.DeploymentSecret.Purpose#SIGNED_LINK}
   * @param base scheme and authority of the listener, known once it listens
   */
  public LinkSigner(Sealer sealer, Supplier<URI> base, Clock clock) {
    this.sealer = sealer;
    this.base = base;
    this.clock = clock;
  }

  /**
   * @param validity at least a second
   */
  public URI sign(String key, Objects.Method method, Duration validity) {
    ObjectRules.validity(validity);
    long expires = clock.instant().plus(validity).getEpochSecond();
    String signature = sealer.seal(content(key, method.name(), expires));
    return base.get()
        .resolve(
            "%s%s?method=%s&expires=%d&signature=%s"
                .formatted(PATH, key, method, expires, signature));
  }

  /**
   * The key of the object that a request may read by its link; empty where the link was not made
   * here, for this method, or is over.
   *
   * @param method of the request
   * @param path of the request, still percent-encoded
   * @param rawQuery of the request, still percent-encoded
   */
  public Optional<String> verify(String method, String path, String rawQuery) {
    if (!path.startsWith(PATH)) {
      return Optional.empty();
    }
    String key = path.substring(PATH.length());
    Parameters query = Parameters.parse(rawQuery);
    Optional<Long> expires = query.first("expires").flatMap(LinkSigner::seconds);
    Optional<String> signature = query.first("signature");
    boolean good =
        ObjectRules.isKey(key)
            && query.first("method").equals(Optional.of(method))
            && expires.filter(end -> clock.instant().getEpochSecond() < end).isPresent()
            && signature.filter(s -> isSealed(s, content(key, method, expires.get()))).isPresent();
    return good ? Optional.of(key) : Optional.empty();
  }

  private boolean isSealed(String signature, byte[] content) {
    return sealer
        .open(signature)
        .filter(opened -> MessageDigest.isEqual(opened, content))
        .isPresent();
  }

  private static byte[] content(String key, String method, long expires) {
    return (method + " " + expires + " " + key).getBytes(StandardCharsets.UTF_8);
  }

  private static Optional<Long> seconds(String text) {
    try {
      return Optional.of(Long.parseLong(text));
    } catch (NumberFormatException e) {
      return Optional.empty();
    }
  }
}
