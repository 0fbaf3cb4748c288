package dev.berth.lambda.ecr;

import dev.berth.core.oci.RepositoryName;
import java.util.Optional;

/** An operation on one repository. */
interface RepositoryOperation<I extends RepositoryOperation.Request, O> extends Operation<I, O> {

  /** What names the repository. */
  interface Request {

    /** The caller's own registry where it is absent. */
    Optional<String> registryId();

    String repositoryName();

    default RepositoryName name() {
      return new RepositoryName(repositoryName());
    }

    /** For the constructors of requests. */
    static void check(Optional<String> registryId, String repositoryName) {
      registryId.ifPresent(id -> Constraints.registryId("registryId", id));
      Constraints.repositoryName("repositoryName", repositoryName);
    }
  }

  @Override
  default String resource(I request, Caller caller) {
    return Arns.repository(caller.region(), account(request, caller), request.name());
  }

  /** The account whose registry the repository is in. */
  default String account(I request, Caller caller) {
    return caller.registry(request.registryId()).account();
  }
}
