package dev.berth.lambda.http;

/**
 * An answer. To a HEAD it is the same as to the GET, body included: the edge leaves the body out
 * and keeps what the headers say of it.
 *
 * @param headers without Content-Length, which the edge sets from the body
 */
public record Response(int status, Headers headers, Body body) {

  public Response(int status, Headers headers) {
    this(status, headers, new Body.Empty());
  }

  /** The same answer with one more header. */
  public Response with(String name, String value) {
    return new Response(status, headers.with(name, value), body);
  }

  /** What an answer carries. */
  public sealed interface Body {

    record Empty() implements Body {}

    record Bytes(byte[] bytes) implements Body {}

    /**
     * A range of an object. The streaming edge sends it; the Lambda edge answers 307 with a signed
     * link to the whole object instead, and the client repeats its Range there.
     *
     * @param objectKey in the deployment's {@link dev.berth.registry.store.Objects}
     * @param offset of the first byte to send
     * @param length how many bytes to send
     */
    record Blob(String objectKey, long offset, long length) implements Body {}
  }
}
