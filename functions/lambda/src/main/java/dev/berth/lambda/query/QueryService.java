package dev.berth.lambda.query;

import java.util.Optional;

/**
 * Which API it is.
 *
 * @param name as signatures are scoped to it and actions are prefixed: {@code iam}
 * @param version of its model, which requests name: {@code 2010-05-08}
 * @param onlyRegion of a service that is one for all regions, whichever a signature names (IAM User
 *     Guide, "aws:RequestedRegion")
 */
public record QueryService(String name, String version, Optional<String> onlyRegion) {

  /** Of a service of each region. */
  public QueryService(String name, String version) {
    this(name, version, Optional.empty());
  }

  /** Of the answers' XML. */
  String namespace() {
    return "https://%s.amazonaws.com/doc/%s/".formatted(name, version);
  }
}
