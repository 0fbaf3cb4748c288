package dev.berth.lambda.replication;

import dev.berth.core.replication.PeerAgreement;
import dev.berth.lambda.replication.HttpLayerDownloads.Timeouts;
import java.net.URI;
import java.security.cert.X509Certificate;
import java.util.List;
import javax.net.ssl.SSLContext;

/**
 * A deployment that somebody else runs, and the agreement with it.
 *
 * @param endpoint https, or http on this machine
 * @param certificates that it is known by, or their authorities, beside those that the JDK trusts
 */
public record AgreedPeer(
    PeerAgreement agreement, URI endpoint, List<X509Certificate> certificates) {

  public AgreedPeer {
    certificates = List.copyOf(certificates);
  }

  /**
   * How it is reached: without TLS at its endpoint alone, if that has none, as this machine may
   * answer to links that are nothing to it.
   */
  public PeerSite site() {
    SSLContext trust = PeerTrust.of(certificates);
    boolean plain = endpoint.getScheme().equals("http");
    return new PeerSite(
        endpoint,
        HttpPeers.client(trust),
        new HttpLayerDownloads(trust, plain, true, Timeouts.defaults()),
        new HttpLayerDownloads(trust, false, Timeouts.defaults()));
  }
}
