package dev.berth.lambda.oci;

import dev.berth.registry.upload.ContentRange;
import dev.berth.registry.upload.Uploader;
import java.util.Optional;

/**
 * What a request says of the upload that it goes on with.
 *
 * @param id from the path, unchecked
 * @param state sealed; empty text where the query has none, which opens no upload
 */
record OpenUpload(Uploader uploader, String id, String state) {

  static OpenUpload of(Call call) {
    return new OpenUpload(
        call.uploader(), call.argument(), call.query(UploadAnswer.STATE).orElse(""));
  }

  /**
   * Where the request's body belongs.
   *
   * @throws OciError.BlobUploadInvalid if the header is none of this specification's
   */
  static Optional<ContentRange> range(Call call) {
    return call.request().headers().first("Content-Range").map(OpenUpload::range);
  }

  private static ContentRange range(String header) {
    return ContentRange.parse(header)
        .orElseThrow(
            () ->
                new OciError.BlobUploadInvalid(
                    "The Content-Range of a chunk has to be <first byte>-<last byte>, without a"
                        + " unit"));
  }
}
