package dev.berth.registry.identity;

import dev.berth.core.authz.Principal;
import dev.berth.core.authz.Session;
import dev.berth.core.authz.Session.AssumedRole;
import dev.berth.core.replication.PeerSecret;
import dev.berth.core.replication.PeerSecret.Credentials;
import dev.berth.core.replication.PeerSecret.Source;
import dev.berth.core.sigv4.AccessKey;
import dev.berth.core.sigv4.KeyLookup;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The keys by which other registries replicate: each is one of a session of its account's
 * service-linked role, which nobody can assume (guide, "Using service-linked roles for Amazon
 * ECR"). None is stored, and one ends with the role.
 */
public final class ReplicationPeers implements KeyLookup {

  private static final ServiceLinkedRole ROLE = ServiceLinkedRole.ECR_REPLICATION;
  private static final String SESSION = "ecr-replication";

  /** Told as the session's end: each request has one of its own. */
  private static final Duration LENGTH = Duration.ofHours(1);

  private final PeerSecret secret;
  private final ServiceLinkedRoles roles;
  private final Clock clock;

  /**
   * @param secret that this deployment shares with those that replicate into it
   */
  public ReplicationPeers(PeerSecret secret, ServiceLinkedRoles roles, Clock clock) {
    this.secret = secret;
    this.roles = roles;
    this.clock = clock;
  }

  @Override
  public Optional<AccessKey> find(String accessKeyId) {
    return PeerSecret.source(accessKeyId)
        .flatMap(source -> roles.find(source.account(), ROLE).map(role -> key(source, role)));
  }

  private AccessKey key(Source source, Role role) {
    Credentials credentials = secret.credentials(source);
    return new AccessKey(
        credentials.accessKeyId(),
        credentials.secretKey(),
        principal(role, credentials.accessKeyId()),
        Optional.of(credentials.sessionToken()));
  }

  private Principal principal(Role role, String accessKeyId) {
    Instant now = clock.instant().truncatedTo(ChronoUnit.SECONDS);
    var assumed = new AssumedRole(role.arn(), role.name(), role.id());
    return new Principal(
        role.account(),
        "arn:aws:sts::%s:assumed-role/%s/%s".formatted(role.account(), role.name(), SESSION),
        role.id() + ":" + SESSION,
        accessKeyId,
        Optional.of(new Session(now, now.plus(LENGTH), Optional.of(assumed), List.of(), Map.of())));
  }

  /** The registry that a principal replicates from; empty for every other principal. */
  public static Optional<Source> sourceOf(Principal principal) {
    return principal
        .session()
        .flatMap(Session::role)
        .filter(role -> role.name().equals(ROLE.roleName()))
        .flatMap(role -> PeerSecret.source(principal.accessKeyId()))
        .filter(source -> source.account().equals(principal.account()));
  }
}
