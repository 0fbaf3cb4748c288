package dev.berth.lambda.oci;

import dev.berth.core.authz.Principal;
import dev.berth.core.oci.Digest;
import dev.berth.core.oci.RepositoryName;
import dev.berth.lambda.http.Request;
import dev.berth.registry.upload.Body;
import dev.berth.registry.upload.Uploader;
import java.util.Optional;

/**
 * A request whose sender and whose place in the route table are known.
 *
 * @param name the repository's; empty in an exchange that concerns the whole registry
 * @param argument the last segment of the path, decoded and otherwise unchecked
 */
record Call(Request request, Principal principal, Optional<RepositoryName> name, String argument) {

  String account() {
    return request.registry().account();
  }

  /** The repository's name, in an exchange whose path has one. */
  RepositoryName repository() {
    return name.orElseThrow();
  }

  Optional<String> query(String parameter) {
    return request.query().first(parameter);
  }

  Uploader uploader() {
    return new Uploader(account(), repository(), principal.uniqueId());
  }

  Body body() {
    return new Body(request.body(), request.contentLength());
  }

  /** The digest that the path ends with. */
  Digest digest() {
    return digest(argument);
  }

  /**
   * @throws OciError.DigestInvalid if the text is none
   */
  static Digest digest(String text) {
    return Digest.parse(text).orElseThrow(() -> OciError.DigestInvalid.malformed(text));
  }
}
