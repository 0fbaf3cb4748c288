package dev.berth.lambda.oci;

import dev.berth.lambda.http.Response;
import dev.berth.registry.upload.Upload;
import dev.berth.registry.upload.Uploads;

/**
 * PATCH of an upload: a streamed body, or a chunk with its Content-Range ("Pushing a blob in
 * chunks").
 */
final class AppendToUpload implements Exchange {

  private final Uploads uploads;

  AppendToUpload(Uploads uploads) {
    this.uploads = uploads;
  }

  @Override
  public Response answer(Call call) {
    OpenUpload open = OpenUpload.of(call);
    Upload upload =
        uploads.append(
            open.uploader(), open.id(), open.state(), OpenUpload.range(call), call.body());
    return UploadAnswer.of(202, call.repository(), upload);
  }
}
