package dev.berth.lambda.oci;

import dev.berth.core.authz.Authorizer;
import dev.berth.core.authz.Authorizer.Attempt;
import dev.berth.core.authz.Authorizer.Decision;
import dev.berth.core.authz.Principal;
import dev.berth.core.oci.RepositoryName;
import dev.berth.lambda.http.RegistryAddress;
import dev.berth.lambda.http.Request;
import dev.berth.lambda.http.RequestConditions;
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
  void require(Request request, Principal principal, String action, Optional<RepositoryName> name) {
    String repository = name.map(RepositoryName::value).orElse("*");
    if (decide(request, principal, action, repository) instanceof Decision.Denied(String why)) {
      throw new OciError.Denied(why);
    }
  }

  boolean allows(Request request, Principal principal, String action, RepositoryName name) {
    return denial(request, principal, action, name).isEmpty();
  }

  /** Why it is not allowed; empty where it is. */
  Optional<String> denial(
      Request request, Principal principal, String action, RepositoryName name) {
    return decide(request, principal, action, name.value()) instanceof Decision.Denied(String why)
        ? Optional.of(why)
        : Optional.empty();
  }

  private Decision decide(Request request, Principal principal, String action, String repository) {
    RegistryAddress registry = request.registry();
    String arn =
        "arn:aws:ecr:" + registry.region() + ":" + registry.account() + ":repository/" + repository;
    return authorizer.decide(
        new Attempt(
            principal, "ecr:" + action, arn, RequestConditions.of(request, registry.region())));
  }
}
