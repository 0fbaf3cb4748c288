package dev.berth.lambda.oci;

import dev.berth.core.authz.Authorizer;
import dev.berth.core.authz.Authorizer.Attempt;
import dev.berth.core.authz.Authorizer.Decision;
import dev.berth.core.authz.Principal;
import dev.berth.core.oci.RepositoryName;
import dev.berth.lambda.http.RegistryAddress;
import java.util.Optional;

/** Asks whether a principal may do to a repository what an exchange is about to do. */
final class Access {

  private final Authorizer authorizer;

  Access(Authorizer authorizer) {
    this.authorizer = authorizer;
  }

  /**
   * @param action of ECR, without its prefix
   * @param name empty for what concerns all repositories of the registry
   * @throws OciError.Denied if it is not allowed
   */
  void require(
      Principal principal, String action, RegistryAddress registry, Optional<RepositoryName> name) {
    String repository = name.map(RepositoryName::value).orElse("*");
    if (decide(principal, action, registry, repository) instanceof Decision.Denied(String why)) {
      throw new OciError.Denied(why);
    }
  }

  boolean allows(
      Principal principal, String action, RegistryAddress registry, RepositoryName name) {
    return decide(principal, action, registry, name.value()) instanceof Decision.Allowed;
  }

  private Decision decide(
      Principal principal, String action, RegistryAddress registry, String repository) {
    String arn =
        "arn:aws:ecr:%s:%s:repository/%s"
            .formatted(registry.region(), registry.account(), repository);
    return authorizer.decide(new Attempt(principal, "ecr:" + action, arn));
  }
}
