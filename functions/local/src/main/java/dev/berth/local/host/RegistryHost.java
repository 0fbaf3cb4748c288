package dev.berth.local.host;

import java.util.regex.Pattern;

/**
 * The host name under which clients find a registry, as a template: what {@code repositoryUri} and
 * {@code proxyEndpoint} are made of.
 *
 * @param template a host name with an optional port, in which {@code {account}}, {@code {region}}
 *     and {@code {port}} stand for the registry's own
 * @throws IllegalArgumentException for anything else
 */
public record RegistryHost(String template) {

  private static final Pattern HOST =
      Pattern.compile("[a-z0-9]([a-z0-9.-]*[a-z0-9])?(:[0-9]{1,5})?");

  public static final RegistryHost DEFAULT = new RegistryHost("localhost:{port}");

  public RegistryHost {
    if (!HOST.matcher(fill(template, "000000000000", "us-east-1", 1)).matches()) {
      throw new IllegalArgumentException(
          "not a host name with an optional port: '"
              + template
              + "' (it may contain {account}, {region} and {port})");
    }
  }

  public String of(String account, String region, int port) {
    return fill(template, account, region, port);
  }

  private static String fill(String template, String account, String region, int port) {
    return template
        .replace("{account}", account)
        .replace("{region}", region)
        .replace("{port}", Integer.toString(port));
  }
}
