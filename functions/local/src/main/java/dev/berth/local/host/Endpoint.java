package dev.berth.local.host;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;

/**
 * Where one registry is served.
 *
 * @param url of the listener: where the API is called
 * @param registryHost what images are named after
 */
public record Endpoint(String region, String account, String url, String registryHost) {

  private static final int CONNECT_MILLIS = 2000;

  private String scheme() {
    return url.substring(0, url.indexOf(':'));
  }

  /** Whether something accepts connections there now. */
  public boolean isServed() {
    URI address = URI.create(url);
    String host = address.getHost().replaceAll("[\\[\\]]", "");
    try (var socket = new Socket()) {
      socket.connect(new InetSocketAddress(host, address.getPort()), CONNECT_MILLIS);
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  /** What clients reach the registry by: the host that images are named after. */
  String registryUrl() {
    return scheme() + "://" + registryHost;
  }

  /**
   * Where another account of the region is served that has no listener of its own: at this one, by
   * a name of ECR's form.
   */
  public Endpoint of(String other) {
    String host =
        registryHost.contains(account)
            ? registryHost.replace(account, other)
            : "%s.dkr.ecr.%s.%s".formatted(other, region, registryHost);
    return new Endpoint(region, other, url, host);
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
