package dev.berth.lambda.ecr;

import dev.berth.core.oci.Digest;
import dev.berth.registry.layer.LayerLink;
import dev.berth.registry.layer.Layers;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Which of several layers a repository has already. */
final class BatchCheckLayerAvailability
    implements RepositoryOperation<
        BatchCheckLayerAvailability.Request, BatchCheckLayerAvailability.Response> {

  private static final int LONGEST_DIGEST = 1000;

  /** The usual one: which it is, only the manifests know that name the layer. */
  private static final String MEDIA_TYPE = "application/vnd.docker.image.rootfs.diff.tar.gzip";

  record Request(Optional<String> registryId, String repositoryName, List<String> layerDigests)
      implements RepositoryOperation.Request {
    Request {
      RepositoryOperation.Request.check(registryId, repositoryName);
      layerDigests = Constraints.list("layerDigests", layerDigests, 1, 100);
      layerDigests.forEach(digest -> Constraints.length("layerDigests", digest, 0, LONGEST_DIGEST));
    }
  }

  record Response(List<Layer> layers, List<Failure> failures) {}

  /**
   * @param layerSize absent for a layer that is not there
   */
  record Layer(
      String layerDigest,
      Availability layerAvailability,
      Optional<Long> layerSize,
      Optional<String> mediaType) {}

  enum Availability {
    AVAILABLE,
    UNAVAILABLE
  }

  record Failure(String layerDigest, FailureCode failureCode, String failureReason) {}

  /** ECR's LayerFailureCode. */
  enum FailureCode {
    InvalidLayerDigest,
    MissingLayerDigest
  }

  private final Layers layers;

  BatchCheckLayerAvailability(Layers layers) {
    this.layers = layers;
  }

  @Override
  public Response run(Request request, Caller caller) {
    List<Digest> digests = new ArrayList<>();
    List<Failure> failures = new ArrayList<>();
    for (String text : new LinkedHashSet<>(request.layerDigests())) {
      Digest.parse(text).ifPresentOrElse(digests::add, () -> failures.add(failure(text)));
    }
    Map<Digest, LayerLink> links =
        layers.availability(account(request, caller), request.name(), digests);
    List<Layer> found =
        digests.stream()
            .map(digest -> layer(digest, Optional.ofNullable(links.get(digest))))
            .toList();
    return new Response(found, failures);
  }

  private static Layer layer(Digest digest, Optional<LayerLink> link) {
    return new Layer(
        digest.toString(),
        link.isPresent() ? Availability.AVAILABLE : Availability.UNAVAILABLE,
        link.map(LayerLink::size),
        link.map(there -> MEDIA_TYPE));
  }

  private static Failure failure(String text) {
    return text.isEmpty()
        ? new Failure(
            text,
            FailureCode.MissingLayerDigest,
            "Invalid request parameters: layer digest cannot be empty")
        : new Failure(
            text,
            FailureCode.InvalidLayerDigest,
            "Invalid request parameters: layer digest should be sha256: or sha512: and the hash in"
                + " lower-case hexadecimal digits");
  }
}
