package dev.berth.local.host;

/**
 * Where one registry is served.
 *
 * @param url of the listener: where the API is called
 * @param registryHost what images are named after
 */
public record Endpoint(String region, String account, String url, String registryHost) {

  String scheme() {
    return url.substring(0, url.indexOf(':'));
  }

  String toLine() {
    return String.join(" ", region, account, url, registryHost);
  }

  static Endpoint ofLine(String line) {
    String[] parts = line.split(" ");
    if (parts.length != 4) {
      throw new SetupException("the file endpoints is damaged: start ./berth up again");
    }
    return new Endpoint(parts[0], parts[1], parts[2], parts[3]);
  }
}
