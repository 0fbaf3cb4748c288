package dev.berth.core.replication;

import dev.berth.core.replication.PeerSecret.Source;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The agreements of a deployment with those that it replicates with, itself among them. */
public final class PeerAgreements {

  private final Map<String, PeerAgreement> byRegion;

  /**
   * @param all one for a region
   * @throws IllegalStateException if there are two for one
   */
  public PeerAgreements(Collection<PeerAgreement> all) {
    this.byRegion =
        all.stream()
            .collect(Collectors.toUnmodifiableMap(PeerAgreement::region, Function.identity()));
  }

  /** That with the deployment of a region. */
  public Optional<PeerAgreement> with(String region) {
    return Optional.ofNullable(byRegion.get(region));
  }

  /** Whether a registry may replicate into this deployment, as far as the two deployments go. */
  public boolean cover(Source source) {
    return with(source.region()).filter(agreement -> agreement.covers(source)).isPresent();
  }

  @Override
  public String toString() {
    return "PeerAgreements" + byRegion.keySet();
  }
}
