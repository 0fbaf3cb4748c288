package dev.berth.lambda.oci;

import dev.berth.lambda.http.Response;
import dev.berth.registry.upload.Uploads;

/** GET of an upload: where it stands, for a client that goes on after a break. */
final class UploadStatus implements Exchange {

  private final Uploads uploads;

  UploadStatus(Uploads uploads) {
    this.uploads = uploads;
  }

  @Override
  public Response answer(Call call) {
    OpenUpload open = OpenUpload.of(call);
    return UploadAnswer.of(
        204, call.repository(), uploads.status(open.uploader(), open.id(), open.state()));
  }
}
