package dev.berth.lambda.http;

import dev.berth.registry.store.Objects;
import java.time.Duration;
import java.util.TreeMap;

/** Answers a blob by a link to its object, where an edge does not send the bytes itself. */
public final class BlobLinks {

  /** Long enough for a client to follow the link, too short to hand it on. */
  private static final Duration VALIDITY = Duration.ofMinutes(5);

  private final Objects objects;

  public BlobLinks(Objects objects) {
    this.objects = objects;
  }

  /**
   * A 307 to the whole object, good for the request's method alone; a client repeats its Range
   * there. Headers that describe the bytes are left out, for the store sends its own.
   *
   * @param method GET or HEAD: nothing else is answered by a blob
   */
  public Response redirect(String method, Response response, Response.Body.Blob blob) {
    var link = objects.signedLink(blob.objectKey(), Objects.Method.valueOf(method), VALIDITY);
    return new Response(307, kept(response.headers()).with("Location", link.toASCIIString()));
  }

  private static Headers kept(Headers headers) {
    var kept = new TreeMap<>(headers.fields());
    kept.keySet().removeIf(name -> !isKept(name));
    return new Headers(kept);
  }

  private static boolean isKept(String name) {
    return name.equals("docker-content-digest")
        || name.equals("docker-distribution-api-version")
        || name.startsWith("x-amzn-");
  }
}
