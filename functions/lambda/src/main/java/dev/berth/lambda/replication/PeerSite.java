package dev.berth.lambda.replication;

import dev.berth.registry.upload.LayerDownloads;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;

/**
 * Where a deployment is, and how it is reached.
 *
 * @param endpoint scheme, host and port of its API
 * @param client that calls it
 * @param atEndpoint fetches its layers from there
 * @param elsewhere fetches them from other servers, such as S3
 */
public record PeerSite(
    URI endpoint, HttpClient client, LayerDownloads atEndpoint, LayerDownloads elsewhere) {

  /**
   * @param link whole, or path and query of one at the endpoint
   */
  InputStream open(URI link, long offset, long size) throws IOException {
    return link.isAbsolute()
        ? elsewhere.open(link, offset, size)
        : atEndpoint.open(endpoint.resolve(link), offset, size);
  }
}
