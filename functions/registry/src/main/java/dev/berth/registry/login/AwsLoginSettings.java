package dev.berth.registry.login;

import dev.berth.core.login.AwsPrincipals;
import dev.berth.core.login.StsEndpoint;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * How principals of AWS log in.
 *
 * @param principals who may, and as which roles
 * @param endpoint where they are asked for
 * @param name for whom a request must be signed; empty for the registry's host name
 */
public record AwsLoginSettings(
    AwsPrincipals principals, StsEndpoint endpoint, Optional<String> name) {

  /** What a header's value and a command's argument can be without being quoted. */
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,254}");

  public AwsLoginSettings {
    name.ifPresent(
        text -> {
          if (!NAME.matcher(text).matches()) {
            throw new IllegalArgumentException(
                "a login name is at most 255 letters, digits and ._- such as registry.example.com");
          }
        });
  }

  /**
   * Reads them as operators write them.
   *
   * @param principals JSON, see {@link AwsPrincipals#parse}
   * @param endpoint where it is not AWS's own
   * @throws IllegalArgumentException if they are not as they must be; the message says where
   */
  public static AwsLoginSettings parse(
      String principals, Optional<String> endpoint, Optional<String> name) {
    return new AwsLoginSettings(
        AwsPrincipals.parse(principals),
        endpoint.map(StsEndpoint::at).orElseGet(StsEndpoint::ofAws),
        name);
  }

  /**
   * For whom requests must be signed that log in to a registry.
   *
   * @param host of the registry, with a port if it has one
   */
  public String audience(String host) {
    return name.orElseGet(() -> host.replaceFirst(":[0-9]+$", ""));
  }
}
