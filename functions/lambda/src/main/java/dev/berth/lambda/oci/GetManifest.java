package dev.berth.lambda.oci;

import dev.berth.core.oci.Reference;
import dev.berth.lambda.http.Headers;
import dev.berth.lambda.http.Response;
import dev.berth.lambda.http.Response.Body;
import dev.berth.registry.image.ImageReader;
import dev.berth.registry.image.StoredManifest;

/**
 * GET and HEAD of a manifest ("Pulling manifests"). A GET counts as a pull.
 *
 * <p>The manifest is answered as it was pushed, whatever the request accepts, and its Content-Type
 * says what it is: the specification lets a registry do so, as does RFC 9110, 12.5.1. The clients
 * of today accept all types; those that ask with fewer mostly want no more than to know whether a
 * tag exists, or its digest, and a 404 would tell them that it is missing. A translation, which ECR
 * makes for tags, would answer a digest that cannot be pulled.
 */
final class GetManifest implements Exchange {

  private final ImageReader images;

  GetManifest(ImageReader images) {
    this.images = images;
  }

  @Override
  public Response answer(Call call) {
    Reference reference = ManifestReference.existing(call);
    StoredManifest manifest =
        call.request().method().equals("GET")
            ? images.pull(call.account(), call.repository(), reference)
            : images.look(call.account(), call.repository(), reference);
    return new Response(
        200,
        Headers.of(
            "Content-Type", manifest.mediaType(),
            "Docker-Content-Digest", manifest.digest().toString()),
        new Body.Bytes(manifest.bytes()));
  }
}
