package dev.berth.lambda.ecr;

import dev.berth.core.replication.PeerSecret.Source;
import dev.berth.lambda.ecr.EcrError.InvalidParameter;
import dev.berth.registry.identity.ReplicationPeers;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * An operation by which another registry replicates into this one. Only it can call it, as its
 * account's service-linked role, and nothing else (guide, "Using service-linked roles for Amazon
 * ECR": "The ReplicateImage is an internal API that Amazon ECR uses for replication and can't be
 * called directly"). None is in ECR's model.
 */
interface ReplicationOperation<I extends ReplicationOperation.Request, O>
    extends RepositoryOperation<I, O> {

  String ACTION = "ecr:ReplicateImage";

  /** What names the repository, and where it is replicated from. */
  interface Request extends RepositoryOperation.Request {

    Pattern REGION = Pattern.compile("[a-z]{2,10}(-[a-z]{1,20}){1,3}-[0-9]{1,2}");

    String sourceRegion();

    static void check(Optional<String> registryId, String repositoryName, String sourceRegion) {
      Constraints.required("registryId", registryId.orElse(null));
      RepositoryOperation.Request.check(registryId, repositoryName);
      Constraints.pattern("sourceRegion", sourceRegion, REGION);
    }
  }

  /** All that replication does is the one action that the guide's policies grant. */
  @Override
  default String action() {
    return ACTION;
  }

  /**
   * The registry that calls. That is told by its credentials, whatever the request says.
   *
   * @throws InvalidParameter if the request says something else, or it is the destination itself
   */
  default Source source(I request, Caller caller) {
    Source source =
        ReplicationPeers.sourceOf(caller.principal())
            .orElseThrow(() -> new IllegalStateException("a user got as far as this"));
    if (!source.region().equals(request.sourceRegion())) {
      throw new InvalidParameter("sourceRegion", "must be the region of the credentials");
    }
    if (source.equals(new Source(account(request, caller), caller.region()))) {
      throw new InvalidParameter("registryId", "must not be the source's own in the same region");
    }
    return source;
  }
}
