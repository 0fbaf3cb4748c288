package dev.berth.lambda.replication;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.regex.Pattern;

/** Reads where peers are: what is signed for them must not be read or changed on its way. */
final class PeerEndpoints {

  /** By name or address, so that no resolver has a say in it. */
  private static final Pattern LOOPBACK =
      Pattern.compile("localhost|127(\\.[0-9]{1,3}){3}|\\[::1\\]");

  private static final int LAST_PORT = 65_535;

  private PeerEndpoints() {}

  /**
   * @throws AgreementException for anything but scheme, host and port, and for http to elsewhere
   */
  static URI read(String text) {
    URI endpoint = uri(text);
    if (endpoint.getScheme().equals("http") && !LOOPBACK.matcher(endpoint.getHost()).matches()) {
      throw new AgreementException("endpoint: http is for this machine alone: use https");
    }
    return endpoint;
  }

  private static URI uri(String text) {
    try {
      var endpoint = new URI(text);
      if (isHttp(endpoint) && isBare(endpoint) && endpoint.getPort() <= LAST_PORT) {
        return endpoint;
      }
    } catch (URISyntaxException notOne) {
      // told like one of another kind
    }
    // not repeated in whole: it may have a password
    throw new AgreementException(
        "endpoint: scheme, host and port are needed, such as https://registry.example.com:4510");
  }

  private static boolean isHttp(URI endpoint) {
    return endpoint.getHost() != null
        && ("https".equals(endpoint.getScheme()) || "http".equals(endpoint.getScheme()));
  }

  private static boolean isBare(URI endpoint) {
    return endpoint.getRawUserInfo() == null
        && endpoint.getRawQuery() == null
        && endpoint.getRawFragment() == null
        && (endpoint.getRawPath().isEmpty() || endpoint.getRawPath().equals("/"));
  }
}
