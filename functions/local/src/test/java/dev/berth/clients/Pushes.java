package dev.berth.clients;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.core.oci.Digest;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.stream.Stream;

/** Pushes whole images with plain requests, where a test is not about pushing. */
final class Pushes {

  private Pushes() {}

  static void push(RawClient client, String repository, String tag, Image image)
      throws IOException {
    for (Digest blob : Stream.concat(image.layers().stream(), Stream.of(image.config())).toList()) {
      var begun = created(client.beginUpload(repository), 202);
      var body = BodyPublishers.ofFile(image.blob(blob));
      created(client.commit(client.location(begun), blob, body), 201);
    }
    created(client.putManifest(repository, tag, image.manifest()), 201);
  }

  private static HttpResponse<byte[]> created(HttpResponse<byte[]> response, int status) {
    assertThat(response.statusCode()).as(response.toString()).isEqualTo(status);
    return response;
  }
}
