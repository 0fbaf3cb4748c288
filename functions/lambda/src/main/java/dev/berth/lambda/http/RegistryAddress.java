package dev.berth.lambda.http;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Which registry a request is for.
 *
 * @param account the registry's id: 12 digits
 */
public record RegistryAddress(String account, String region) {

  private static final Pattern ECR_HOST =
      Pattern.compile("(\\d{12})\\.dkr[.-]ecr\\.([a-z0-9-]+)\\..+");

  /** What a host name of the form {@code <account>.dkr.ecr.<region>.<anything>} names. */
  public static Optional<RegistryAddress> ofHost(String host) {
    var matcher = ECR_HOST.matcher(host);
    return matcher.matches()
        ? Optional.of(new RegistryAddress(matcher.group(1), matcher.group(2)))
        : Optional.empty();
  }
}
