package dev.berth.lambda.feed;

import java.io.IOException;
import java.net.URI;
import java.util.Locale;
import java.util.Set;

/** The addresses of feeds. */
final class FeedUri {

  private static final Set<String> SCHEMES = Set.of("http", "https");

  private FeedUri() {}

  /**
   * @throws IOException if it is no address of HTTP, or has a password
   */
  static URI require(URI at) throws IOException {
    if (!SCHEMES.contains(scheme(at)) || at.getHost() == null || at.getRawUserInfo() != null) {
      throw new IOException(shown(at) + " is not asked: it is no plain address of HTTP");
    }
    return at;
  }

  /**
   * Where somebody leads to.
   *
   * @param text relative, too
   * @throws IOException if it leads away from HTTP, or from TLS
   */
  static URI led(URI from, String text) throws IOException {
    try {
      URI to = require(from.resolve(text));
      if (scheme(from).equals("https") && !scheme(to).equals("https")) {
        throw new IOException(
            "%s leads to %s, which is not asked without TLS".formatted(shown(from), shown(to)));
      }
      return to;
    } catch (IllegalArgumentException e) {
      throw new IOException(shown(from) + " leads to what is no address", e);
    }
  }

  /** Whose versions of files are one server's. */
  static String server(URI at) {
    return "%s://%s".formatted(scheme(at), at.getRawAuthority());
  }

  /** Without what may be secret in it. */
  static String shown(URI at) {
    String port = at.getPort() < 0 ? "" : ":" + at.getPort();
    return at.getHost() == null
        ? scheme(at) + ":"
        : "%s://%s%s%s".formatted(scheme(at), at.getHost(), port, at.getRawPath());
  }

  private static String scheme(URI at) {
    return String.valueOf(at.getScheme()).toLowerCase(Locale.ROOT);
  }
}
