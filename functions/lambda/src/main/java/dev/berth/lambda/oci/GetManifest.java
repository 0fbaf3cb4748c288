package dev.berth.lambda.oci;

import dev.berth.core.oci.Reference;
import dev.berth.lambda.http.Headers;
import dev.berth.lambda.http.Response;
import dev.berth.lambda.http.Response.Body;
import dev.berth.registry.image.ImageReader;
import dev.berth.registry.image.StoredManifest;
import java.util.function.Predicate;

/**
 * GET and HEAD of a manifest ("Pulling manifests"). A GET counts as a pull.
 *
 * <p>The manifest is answered as it was pushed to whoever accepts that, as the clients of today do.
 * By tag it is converted for others, where that can be done (guide, "Amazon ECR image manifest
 * conversion"), and the digest is that of what is answered: a later request by this digest gets the
 * same manifest. Where it cannot be done, and always by digest, the manifest is answered as it was
 * pushed, and its Content-Type says what it is: the specification lets a registry do so, as does
 * RFC 9110, 12.5.1. A client that asks with few types mostly wants no more than to know whether an
 * image exists, and a 404 would tell it that it is missing. So indexes and manifest lists are
 * answered as they are, which no row of the guide's table converts.
 */
final class GetManifest implements Exchange {

  private final ImageReader images;

  GetManifest(ImageReader images) {
    this.images = images;
  }

  @Override
  public Response answer(Call call) {
    Reference reference = ManifestReference.existing(call);
    Predicate<String> accepted = UnderstoodTypes.of(call.request().headers());
    StoredManifest manifest =
        call.request().method().equals("GET")
            ? pulled(call, reference, accepted)
            : images.look(call.account(), call.repository(), reference, accepted);
    return new Response(
        200,
        Headers.of(
            "Content-Type", manifest.mediaType(),
            "Docker-Content-Digest", manifest.digest().toString()),
        new Body.Bytes(manifest.bytes()));
  }

  private StoredManifest pulled(Call call, Reference reference, Predicate<String> accepted) {
    String principal = call.principal().arn();
    return images.pull(call.account(), call.repository(), reference, accepted, principal);
  }
}
