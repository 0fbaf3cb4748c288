package dev.berth.lambda.ecr;

import dev.berth.core.oci.Digest;
import dev.berth.registry.upload.PartUploads;
import java.util.List;
import java.util.Optional;

/** Ends the upload of a layer: its parts become the layer that they have the digest of. */
final class CompleteLayerUpload
    implements RepositoryOperation<CompleteLayerUpload.Request, CompleteLayerUpload.Response> {

  /**
   * @param layerDigests of the layer: one, or the same several times
   */
  record Request(
      Optional<String> registryId,
      String repositoryName,
      String uploadId,
      List<String> layerDigests)
      implements RepositoryOperation.Request {
    Request {
      RepositoryOperation.Request.check(registryId, repositoryName);
      Constraints.uploadId("uploadId", uploadId);
      layerDigests = Constraints.list("layerDigests", layerDigests, 1, 100);
      layerDigests.forEach(digest -> Constraints.digest("layerDigests", digest));
    }
  }

  record Response(String registryId, String repositoryName, String uploadId, String layerDigest) {}

  private final PartUploads uploads;

  CompleteLayerUpload(PartUploads uploads) {
    this.uploads = uploads;
  }

  @Override
  public Response run(Request request, Caller caller) {
    String account = account(request, caller);
    List<Digest> digests =
        request.layerDigests().stream()
            .map(text -> Constraints.digest("layerDigests", text))
            .toList();
    Digest digest =
        uploads.complete(caller.uploader(account, request.name()), request.uploadId(), digests);
    return new Response(account, request.repositoryName(), request.uploadId(), digest.toString());
  }
}
