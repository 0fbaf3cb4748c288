package dev.berth.lambda.ecr;

import dev.berth.core.authz.Principal;
import dev.berth.core.oci.RepositoryName;
import dev.berth.lambda.http.RegistryAddress;
import dev.berth.registry.upload.Uploader;
import java.util.Optional;

/**
 * Who calls an operation, and in which region.
 *
 * @param region of the credential scope
 */
record Caller(Principal principal, String region) {

  /** The registry that a request is about: its {@code registryId}, else the caller's own. */
  RegistryAddress registry(Optional<String> registryId) {
    return new RegistryAddress(registryId.orElse(principal.account()), region);
  }

  /** Whose an upload is. */
  Uploader uploader(String account, RepositoryName name) {
    return new Uploader(account, name, principal.uniqueId());
  }
}
