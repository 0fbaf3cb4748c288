package dev.berth.lambda.ecr;

import dev.berth.registry.upload.PartSizes;
import dev.berth.registry.upload.PartUploads;
import java.util.Optional;

/** Begins the upload of a layer in parts. */
final class InitiateLayerUpload
    implements RepositoryOperation<InitiateLayerUpload.Request, InitiateLayerUpload.Response> {

  record Request(Optional<String> registryId, String repositoryName)
      implements RepositoryOperation.Request {
    Request {
      RepositoryOperation.Request.check(registryId, repositoryName);
    }
  }

  /**
   * @param partSize bytes that the parts should have, but for the last
   */
  record Response(String uploadId, long partSize) {}

  private final PartUploads uploads;
  private final PartSizes sizes;

  InitiateLayerUpload(PartUploads uploads, PartSizes sizes) {
    this.uploads = uploads;
    this.sizes = sizes;
  }

  @Override
  public Response run(Request request, Caller caller) {
    String id = uploads.initiate(caller.uploader(account(request, caller), request.name()));
    return new Response(id, sizes.largestApiPart());
  }
}
