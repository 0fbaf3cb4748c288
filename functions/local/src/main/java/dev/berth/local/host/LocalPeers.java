package dev.berth.local.host;

import dev.berth.lambda.replication.AgreedPeer;
import dev.berth.lambda.replication.HttpLayerDownloads;
import dev.berth.lambda.replication.HttpLayerDownloads.Timeouts;
import dev.berth.lambda.replication.HttpPeers;
import dev.berth.lambda.replication.PeerDirectory;
import dev.berth.lambda.replication.PeerSite;
import dev.berth.local.files.LinkSigner;
import dev.berth.registry.upload.LayerDownloads;
import java.net.URI;
import java.net.http.HttpClient;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import javax.net.ssl.SSLContext;

/**
 * Where the regions of this host reach each other, which is at their listeners, as the names that
 * images have may lead elsewhere, or nowhere; and where the deployments of others are.
 */
final class LocalPeers implements PeerDirectory, AutoCloseable {

  private final EndpointDirectory endpoints;
  private final HttpClient client;
  private final LayerDownloads downloads;
  private final Map<String, PeerSite> others;

  /**
   * @param trust of the host's regions in each other
   * @param others none of a region that the host serves
   */
  LocalPeers(EndpointDirectory endpoints, SSLContext trust, Collection<AgreedPeer> others) {
    this.endpoints = endpoints;
    this.client = HttpPeers.client(trust);
    this.downloads = new HttpLayerDownloads(trust, true, Timeouts.defaults());
    this.others =
        others.stream()
            .collect(
                Collectors.toUnmodifiableMap(peer -> peer.agreement().region(), AgreedPeer::site));
  }

  @Override
  public Optional<PeerSite> find(String region) {
    return Optional.ofNullable(others.get(region))
        .or(() -> endpoints.find(region).map(this::ownSite));
  }

  private PeerSite ownSite(Endpoint endpoint) {
    return new PeerSite(URI.create(endpoint.url()), client, downloads, downloads);
  }

  /** Objects in files have links of the host's own. */
  @Override
  public URI told(URI link) {
    return link.getRawPath().startsWith(LinkSigner.PATH)
        ? URI.create(link.getRawPath() + "?" + link.getRawQuery())
        : link;
  }

  /** Breaks off what is under way. */
  @Override
  public void close() {
    client.shutdownNow();
    others.values().forEach(site -> site.client().shutdownNow());
  }
}
