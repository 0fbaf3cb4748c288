package dev.berth.lambda.ecr;

import dev.berth.lambda.ecr.EcrError.InvalidParameter;
import dev.berth.registry.RegistryException.InvalidLayerPart;
import dev.berth.registry.upload.PartUploads;
import dev.berth.registry.upload.Uploader;
import java.nio.ByteBuffer;
import java.util.Optional;

/** Takes in a part of a layer. */
final class UploadLayerPart
    implements RepositoryOperation<UploadLayerPart.Request, UploadLayerPart.Response> {

  /** The model's bound; what an upload takes is less. */
  private static final int LARGEST_PART = 20 * 1024 * 1024;

  /**
   * @param partFirstByte from 0
   * @param partLastByte included
   * @param layerPartBlob base64 on the wire
   */
  record Request(
      Optional<String> registryId,
      String repositoryName,
      String uploadId,
      Long partFirstByte,
      Long partLastByte,
      byte[] layerPartBlob)
      implements RepositoryOperation.Request {
    Request {
      RepositoryOperation.Request.check(registryId, repositoryName);
      Constraints.uploadId("uploadId", uploadId);
      Constraints.range("partFirstByte", partFirstByte, 0, Long.MAX_VALUE);
      Constraints.range("partLastByte", partLastByte, 0, Long.MAX_VALUE);
      if (Constraints.required("layerPartBlob", layerPartBlob).length > LARGEST_PART) {
        throw new InvalidParameter(
            "layerPartBlob", "must have length less than or equal to " + LARGEST_PART);
      }
    }
  }

  record Response(
      String registryId, String repositoryName, String uploadId, long lastByteReceived) {}

  private final PartUploads uploads;

  UploadLayerPart(PartUploads uploads) {
    this.uploads = uploads;
  }

  @Override
  public Response run(Request request, Caller caller) {
    Uploader uploader = caller.uploader(account(request, caller), request.name());
    return new Response(
        uploader.account(),
        request.repositoryName(),
        request.uploadId(),
        uploadPart(uploader, request));
  }

  private long uploadPart(Uploader uploader, Request request) {
    try {
      return uploads.uploadPart(
          uploader,
          request.uploadId(),
          request.partFirstByte(),
          request.partLastByte(),
          ByteBuffer.wrap(request.layerPartBlob()));
    } catch (InvalidLayerPart refusal) {
      throw new EcrError.InvalidLayerPart(uploader, request.uploadId(), refusal);
    }
  }
}
