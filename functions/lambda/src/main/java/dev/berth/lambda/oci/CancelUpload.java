package dev.berth.lambda.oci;

import dev.berth.lambda.http.Headers;
import dev.berth.lambda.http.Response;
import dev.berth.registry.upload.Uploads;

/** DELETE of an upload: it ends without a blob. */
final class CancelUpload implements Exchange {

  private final Uploads uploads;

  CancelUpload(Uploads uploads) {
    this.uploads = uploads;
  }

  @Override
  public Response answer(Call call) {
    OpenUpload open = OpenUpload.of(call);
    uploads.cancel(open.uploader(), open.id(), open.state());
    return new Response(204, Headers.none());
  }
}
