package dev.berth.lambda.ecr;

import dev.berth.core.oci.Digest;
import dev.berth.lambda.ecr.EcrError.LayerNotFound;
import dev.berth.registry.layer.LayerLink;
import dev.berth.registry.layer.Layers;
import dev.berth.registry.store.Objects;
import java.time.Duration;
import java.util.Optional;

/** A link by which a layer can be downloaded without further credentials, for an hour. */
final class GetDownloadUrlForLayer
    implements RepositoryOperation<
        GetDownloadUrlForLayer.Request, GetDownloadUrlForLayer.Response> {

  private static final Duration VALIDITY = Duration.ofHours(1);

  record Request(Optional<String> registryId, String repositoryName, String layerDigest)
      implements RepositoryOperation.Request {
    Request {
      RepositoryOperation.Request.check(registryId, repositoryName);
      Constraints.digest("layerDigest", layerDigest);
    }
  }

  record Response(String downloadUrl, String layerDigest) {

    /** The link is as good as a password. */
    @Override
    public String toString() {
      return "Response[" + layerDigest + "]";
    }
  }

  private final Layers layers;
  private final Objects objects;

  GetDownloadUrlForLayer(Layers layers, Objects objects) {
    this.layers = layers;
    this.objects = objects;
  }

  @Override
  public Response run(Request request, Caller caller) {
    String account = account(request, caller);
    Digest digest = Constraints.digest("layerDigest", request.layerDigest());
    LayerLink link =
        layers
            .stat(account, request.name(), digest)
            .orElseThrow(() -> new LayerNotFound(account, request.name(), digest));
    return new Response(
        objects.signedLink(link.objectKey(), Objects.Method.GET, VALIDITY).toString(),
        digest.toString());
  }
}
