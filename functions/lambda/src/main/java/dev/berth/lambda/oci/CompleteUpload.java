package dev.berth.lambda.oci;

import dev.berth.core.oci.Digest;
import dev.berth.lambda.http.Response;
import dev.berth.registry.upload.Uploads;

/** PUT of an upload: its end, with the last bytes, all of them, or none ("Pushing blobs"). */
final class CompleteUpload implements Exchange {

  private final Uploads uploads;

  CompleteUpload(Uploads uploads) {
    this.uploads = uploads;
  }

  @Override
  public Response answer(Call call) {
    Digest digest =
        call.query("digest").map(Call::digest).orElseThrow(OciError.DigestInvalid::missing);
    OpenUpload open = OpenUpload.of(call);
    uploads.commit(
        open.uploader(), open.id(), open.state(), digest, OpenUpload.range(call), call.body());
    return UploadAnswer.created(call.repository(), digest);
  }
}
