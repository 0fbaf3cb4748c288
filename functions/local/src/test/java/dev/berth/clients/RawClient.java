package dev.berth.clients;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Base64;

/** The requests of the OCI distribution specification, one method each, with nothing around. */
final class RawClient implements AutoCloseable {

  static final String OCI_MANIFEST = "application/vnd.oci.image.manifest.v1+json";

  private static final String ANY_MANIFEST =
      String.join(
          ",",
          OCI_MANIFEST,
          "application/vnd.oci.image.index.v1+json",
          "application/vnd.docker.distribution.manifest.v2+json",
          "application/vnd.docker.distribution.manifest.list.v2+json");
  private static final Duration LIMIT = Duration.ofMinutes(1);

  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final URI base;
  private final String authorization;

  RawClient(RegistryUnderTest registry) {
    this(registry.host(), registry.user(), registry.password());
  }

  RawClient(String host, String user, String password) {
    this.base = URI.create("http://" + host + "/v2/");
    String pair = user + ":" + password;
    this.authorization = "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(UTF_8));
  }

  /** The manifest's bytes; a failure of the test unless there is one. */
  static byte[] manifest(RegistryUnderTest registry, String repository, Object reference)
      throws IOException {
    try (var client = new RawClient(registry)) {
      var response = client.manifest(repository, reference);
      assertThat(response.statusCode()).as("GET %s:%s", repository, reference).isEqualTo(200);
      return response.body();
    }
  }

  HttpResponse<byte[]> manifest(String repository, Object reference) throws IOException {
    var request = request(base.resolve(repository + "/manifests/" + reference));
    return send(request.header("Accept", ANY_MANIFEST).build());
  }

  HttpResponse<byte[]> blob(String repository, Object digest) throws IOException {
    return send(request(base.resolve(repository + "/blobs/" + digest)).build());
  }

  HttpResponse<byte[]> tags(String repository) throws IOException {
    return send(request(base.resolve(repository + "/tags/list")).build());
  }

  /** Begins an upload; its Location is where the bytes go. */
  HttpResponse<byte[]> beginUpload(String repository) throws IOException {
    var request = request(base.resolve(repository + "/blobs/uploads/"));
    return send(request.POST(BodyPublishers.noBody()).build());
  }

  /** One streamed body. */
  HttpResponse<byte[]> append(URI upload, BodyPublisher body) throws IOException {
    return send(upload(upload).method("PATCH", body).build());
  }

  /**
   * One chunk.
   *
   * @param first the offset of its first byte
   * @param last the offset of its last byte
   */
  HttpResponse<byte[]> append(URI upload, BodyPublisher body, long first, long last)
      throws IOException {
    var request = upload(upload).header("Content-Range", first + "-" + last);
    return send(request.method("PATCH", body).build());
  }

  HttpResponse<byte[]> commit(URI upload, Object digest, BodyPublisher body) throws IOException {
    String query = upload.getRawQuery() == null ? "?" : "&";
    return send(upload(URI.create(upload + query + "digest=" + digest)).PUT(body).build());
  }

  HttpResponse<byte[]> putManifest(String repository, Object reference, byte[] manifest)
      throws IOException {
    var request = request(base.resolve(repository + "/manifests/" + reference));
    var body = BodyPublishers.ofByteArray(manifest);
    return send(request.header("Content-Type", OCI_MANIFEST).PUT(body).build());
  }

  /** Where an upload goes on, as the answer to one of its requests says. */
  URI location(HttpResponse<byte[]> response) throws IOException {
    return response
        .headers()
        .firstValue("Location")
        .map(base::resolve)
        .orElseThrow(() -> new IOException("no Location in " + response));
  }

  private HttpRequest.Builder upload(URI location) {
    return request(location).header("Content-Type", "application/octet-stream");
  }

  private HttpRequest.Builder request(URI uri) {
    return HttpRequest.newBuilder(uri).timeout(LIMIT).header("Authorization", authorization);
  }

  private HttpResponse<byte[]> send(HttpRequest request) throws IOException {
    try {
      return http.send(request, BodyHandlers.ofByteArray());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }

  @Override
  public void close() {
    http.close();
  }
}
