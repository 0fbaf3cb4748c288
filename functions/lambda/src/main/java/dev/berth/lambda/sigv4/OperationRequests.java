package dev.berth.lambda.sigv4;

import dev.berth.core.sigv4.RequestSigner;
import dev.berth.core.sigv4.SignedRequest;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * Requests of operations of a deployment's API, in AWS's JSON 1.1 protocol and signed: what {@link
 * SignedRequests} takes in on the other side.
 *
 * @param endpoint scheme, host and port
 */
public record OperationRequests(URI endpoint, RequestSigner signer) {

  private static final String TARGET = "AmazonEC2ContainerRegistry_V20150921.";
  private static final String TYPE = "application/x-amz-json-1.1";
  private static final String HOST = "host";

  /**
   * @param operation as the API's model names it
   * @param body an object of JSON
   */
  public HttpRequest.Builder of(String operation, byte[] body, Instant at) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(endpoint.resolve("/")).POST(BodyPublishers.ofByteArray(body));
    signed(operation, body, at).headers().entrySet().stream()
        // which the client sends by itself
        .filter(header -> !header.getKey().equals(HOST))
        .forEach(header -> request.header(header.getKey(), header.getValue().getFirst()));
    return request;
  }

  private SignedRequest signed(String operation, byte[] body, Instant at) {
    Map<String, List<String>> headers =
        Map.of(
            HOST,
            List.of(host()),
            "content-type",
            List.of(TYPE),
            "x-amz-target",
            List.of(TARGET + operation));
    return signer.sign(new SignedRequest("POST", "/", "", headers, body), at);
  }

  /** As the client sends it: without a port that goes without saying. */
  private String host() {
    int usual = endpoint.getScheme().equals("https") ? 443 : 80;
    boolean plain = endpoint.getPort() == -1 || endpoint.getPort() == usual;
    return plain ? endpoint.getHost() : endpoint.getHost() + ":" + endpoint.getPort();
  }
}
