package dev.berth.lambda.ecr;

import dev.berth.core.token.AuthorizationTokens;
import dev.berth.core.token.AuthorizationTokens.Issued;
import dev.berth.lambda.http.RegistryAddress;
import java.util.List;
import java.util.Optional;

/**
 * A password for {@code docker login}: it says who the caller is, to every registry of a region.
 */
final class GetAuthorizationToken
    implements Operation<GetAuthorizationToken.Request, GetAuthorizationToken.Response> {

  /**
   * @param registryIds deprecated: whichever registries are named, the token is good for all
   */
  record Request(List<String> registryIds) {
    Request {
      registryIds = Constraints.optionalList("registryIds", registryIds, 1, 10);
      registryIds.forEach(id -> Constraints.registryId("registryIds", id));
    }
  }

  record Response(List<AuthorizationData> authorizationData) {}

  private final AuthorizationTokens tokens;
  private final RegistryHosts hosts;

  GetAuthorizationToken(AuthorizationTokens tokens, RegistryHosts hosts) {
    this.tokens = tokens;
    this.hosts = hosts;
  }

  @Override
  public String resource(Request request, Caller caller) {
    return "*";
  }

  @Override
  public Response run(Request request, Caller caller) {
    Issued issued = tokens.issue(caller.principal(), caller.region());
    List<String> registries =
        request.registryIds().isEmpty()
            ? List.of(caller.principal().account())
            : request.registryIds();
    return new Response(
        registries.stream()
            .map(id -> caller.registry(Optional.of(id)))
            .map(registry -> data(issued, registry))
            .toList());
  }

  private AuthorizationData data(Issued issued, RegistryAddress registry) {
    return AuthorizationData.of(issued, hosts.endpoint(registry));
  }
}
