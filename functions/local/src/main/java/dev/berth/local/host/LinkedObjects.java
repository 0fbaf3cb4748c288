package dev.berth.local.host;

import dev.berth.lambda.http.ByteRange;
import dev.berth.lambda.http.ByteRange.Part;
import dev.berth.lambda.http.ByteRange.Unsatisfiable;
import dev.berth.lambda.http.ByteRange.Whole;
import dev.berth.lambda.http.EdgeError;
import dev.berth.lambda.http.Handler;
import dev.berth.lambda.http.Headers;
import dev.berth.lambda.http.Request;
import dev.berth.lambda.http.Response;
import dev.berth.lambda.http.Response.Body.Blob;
import dev.berth.local.files.FileObjects;
import dev.berth.local.files.LinkSigner;
import dev.berth.local.files.ObjectReading;
import dev.berth.registry.RegistryException.KmsFailed;
import dev.berth.registry.store.Objects;
import dev.berth.registry.store.Objects.NoSuchObjectException;

/** Serves the objects that signed links name, as S3 does on AWS. */
final class LinkedObjects implements Handler {

  private final LinkSigner links;
  private final Objects objects;

  LinkedObjects(LinkSigner links, Objects objects) {
    this.links = links;
    this.objects = objects;
  }

  @Override
  public Response handle(Request request) {
    return links
        .verify(request.method(), request.path(), request.rawQuery())
        .map(key -> answer(request, key))
        .orElseGet(() -> EdgeError.FORBIDDEN.response("this link is not valid, or not any more"));
  }

  private Response answer(Request request, String key) {
    if (!(objects instanceof FileObjects files)) {
      return EdgeError.NOT_FOUND.response("the objects are kept elsewhere");
    }
    try {
      return answer(request, key, size(files, key));
    } catch (KmsFailed e) {
      return EdgeError.FORBIDDEN.response(e.getMessage());
    } catch (NoSuchObjectException deletedMeanwhile) {
      return EdgeError.NOT_FOUND.response("what this link named is not there any more");
    }
  }

  private static long size(FileObjects files, String key) {
    try (ObjectReading reading = files.regions(key, 0, Long.MAX_VALUE)) {
      return reading.length();
    }
  }

  private static Response answer(Request request, String key, long size) {
    var headers = Headers.of("Content-Type", "application/octet-stream", "Accept-Ranges", "bytes");
    return switch (ByteRange.of(request, size)) {
      case Whole() -> new Response(200, headers, new Blob(key, 0, size));
      case Part part ->
          new Response(
              206,
              headers.with("Content-Range", part.contentRange(size)),
              new Blob(key, part.offset(), part.length()));
      case Unsatisfiable() -> new Response(416, headers.with("Content-Range", "bytes */" + size));
    };
  }
}
