package dev.berth.local.host;

import dev.berth.lambda.replication.PeerDirectory;
import dev.berth.local.files.LinkSigner;
import java.net.URI;
import java.util.Optional;

/**
 * Where the regions of this host reach each other: at their listeners, as the names that images
 * have may lead elsewhere, or nowhere.
 *
 * @param region whose links are led there
 */
record LocalPeers(EndpointDirectory endpoints, String region) implements PeerDirectory {

  @Override
  public Optional<URI> endpoint(String of) {
    return endpoints.find(of).map(endpoint -> URI.create(endpoint.url()));
  }

  /** Objects in files have links of the host's own. */
  @Override
  public URI reachable(URI link) {
    return link.getRawPath().startsWith(LinkSigner.PATH)
        ? endpoint(region)
            .map(listener -> listener.resolve(link.getRawPath() + "?" + link.getRawQuery()))
            .orElse(link)
        : link;
  }
}
