package dev.berth.lambda.oci;

import dev.berth.core.oci.Digest;
import dev.berth.core.oci.RepositoryName;
import dev.berth.lambda.http.Headers;
import dev.berth.lambda.http.Response;
import dev.berth.registry.upload.Upload;

/**
 * What the answers of a push have in common. Locations are relative, so that they stay on whatever
 * name the client calls the registry by, and in characters that no client encodes anew.
 */
final class UploadAnswer {

  /** The query parameter that carries an upload's sealed state. */
  static final String STATE = "_state";

  private UploadAnswer() {}

  /** Where an upload stands, and where it goes on. */
  static Response of(int status, RepositoryName name, Upload upload) {
    String location =
        "/v2/%s/blobs/uploads/%s?%s=%s".formatted(name, upload.id(), STATE, upload.state());
    return new Response(
        status,
        Headers.of(
            "Location", location,
            "Range", range(upload.received()),
            "Docker-Upload-UUID", upload.id()));
  }

  /** A layer that is there now. */
  static Response created(RepositoryName name, Digest digest) {
    return new Response(
        201,
        Headers.of(
            "Location", "/v2/%s/blobs/%s".formatted(name, digest),
            "Docker-Content-Digest", digest.toString()));
  }

  /**
   * The Range header, which has no unit here. It cannot say that nothing is there; registries say
   * {@code 0-0} then, as for one byte.
   */
  static String range(long received) {
    return "0-" + Math.max(0, received - 1);
  }
}
