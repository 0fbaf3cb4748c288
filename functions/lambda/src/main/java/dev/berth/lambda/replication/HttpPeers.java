package dev.berth.lambda.replication;

import dev.berth.core.replication.PeerAgreement;
import dev.berth.core.replication.PeerAgreements;
import dev.berth.core.replication.PeerSecret;
import dev.berth.core.replication.PeerSecret.Source;
import dev.berth.core.replication.ReplicationConfiguration.Destination;
import dev.berth.core.sigv4.RequestSigner;
import dev.berth.lambda.sigv4.OperationRequests;
import dev.berth.registry.replication.Peer;
import dev.berth.registry.replication.PeerException;
import dev.berth.registry.replication.Peers;
import java.net.http.HttpClient;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import javax.net.ssl.SSLContext;

/**
 * Calls the deployments of other regions, and its own for other accounts.
 *
 * @param agreements with them: none is called without one
 * @param region of this deployment
 * @param clock that signatures are dated by
 */
public record HttpPeers(
    PeerAgreements agreements, PeerDirectory directory, String region, Clock clock)
    implements Peers {

  private static final Duration CONNECT_PATIENCE = Duration.ofSeconds(5);
  private static final String SERVICE = "ecr";

  /**
   * A client for all deployments. It follows no redirects: where requests go is the directory's to
   * say.
   *
   * @param trust whose certificates are accepted
   */
  public static HttpClient client(SSLContext trust) {
    return HttpClient.newBuilder()
        .version(HttpClient.Version.HTTP_1_1)
        .followRedirects(HttpClient.Redirect.NEVER)
        .connectTimeout(CONNECT_PATIENCE)
        .sslContext(trust)
        .build();
  }

  @Override
  public Peer peer(String account, Destination destination) {
    PeerAgreement agreement =
        agreements.with(destination.region()).orElseThrow(() -> unknown(destination));
    PeerSite site = directory.find(destination.region()).orElseThrow(() -> unknown(destination));
    var signer = new RequestSigner(credentials(agreement, account), SERVICE, destination.region());
    return new HttpPeer(
        new PeerCalls(site.client(), new OperationRequests(site.endpoint(), signer), clock),
        destination.registryId(),
        region,
        directory::told);
  }

  private static PeerException.Refused unknown(Destination destination) {
    return new PeerException.Refused(
        "RegionNotConfiguredException",
        "no deployment of region %s is known here".formatted(destination.region()));
  }

  private RequestSigner.Credentials credentials(PeerAgreement agreement, String account) {
    PeerSecret.Credentials keys = agreement.secret().credentials(new Source(account, region));
    return new RequestSigner.Credentials(
        keys.accessKeyId(), keys.secretKey(), Optional.of(keys.sessionToken()));
  }

  @Override
  public String toString() {
    return "HttpPeers[" + region + "]";
  }
}
