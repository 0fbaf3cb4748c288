package dev.berth.lambda.oci;

import dev.berth.lambda.http.Response;
import java.io.IOException;

/** One kind of request of the OCI distribution specification, and its answer. */
@FunctionalInterface
interface Exchange {

  /**
   * Answers a call whose action is authorized.
   *
   * @throws OciError if it is refused
   * @throws dev.berth.registry.RegistryException if the registry refuses it
   * @throws IOException if the client breaks off
   */
  Response answer(Call call) throws IOException;
}
