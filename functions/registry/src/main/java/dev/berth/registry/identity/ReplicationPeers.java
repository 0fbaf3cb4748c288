package dev.berth.registry.identity;

import dev.berth.core.authz.Authorizer;
import dev.berth.core.authz.Authorizer.Attempt;
import dev.berth.core.authz.Authorizer.Decision;
import dev.berth.core.authz.Authorizer.Decision.Denied;
import dev.berth.core.authz.Principal;
import dev.berth.core.authz.Session;
import dev.berth.core.authz.Session.AssumedRole;
import dev.berth.core.replication.PeerAgreement;
import dev.berth.core.replication.PeerAgreements;
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
 * ECR"). Who has the secret of an agreement has the keys of its region, and may do nothing with
 * those of accounts that it does not cover: {@link #authorizing}. None is stored. Where the role is
 * kept here, a key ends with it; else it is told by its account and region, and grants what such a
 * role always does.
 */
public final class ReplicationPeers implements KeyLookup {

  private static final ServiceLinkedRole ROLE = ServiceLinkedRole.ECR_REPLICATION;
  private static final String SESSION = "ecr-replication";

  /** Told as the session's end: each request has one of its own. */
  private static final Duration LENGTH = Duration.ofHours(1);

  private static final Grants OF_ROLE =
      new Grants(
          List.of(KeptPolicy.ofIdentity(ROLE.permissions(), ROLE.policyArn())),
          Optional.empty(),
          Map.of());

  private final PeerAgreements agreements;
  private final PeerSecret nobodys = PeerSecret.random();
  private final ServiceLinkedRoles roles;
  private final Clock clock;

  /**
   * @param agreements of this deployment with those that replicate into it
   */
  public ReplicationPeers(PeerAgreements agreements, ServiceLinkedRoles roles, Clock clock) {
    this.agreements = agreements;
    this.roles = roles;
    this.clock = clock;
  }

  @Override
  public Optional<AccessKey> find(String accessKeyId) {
    return PeerSecret.source(accessKeyId).flatMap(this::key);
  }

  private Optional<AccessKey> key(Source source) {
    Optional<PeerAgreement> agreement = agreements.with(source.region());
    // derived for nobody, too, so that the time does not tell with whom there is an agreement
    Credentials credentials =
        agreement.map(PeerAgreement::secret).orElse(nobodys).credentials(source);
    return agreement
        .flatMap(known -> known.sameIdentities() ? keptRole(source) : Optional.of(roleOf(source)))
        .map(role -> key(source.account(), role, credentials));
  }

  private Optional<AssumedRole> keptRole(Source source) {
    return roles
        .find(source.account(), ROLE)
        .map(role -> new AssumedRole(role.arn(), role.name(), role.id()));
  }

  /** As the other deployment has it, but for its id, which is not known here. */
  private static AssumedRole roleOf(Source source) {
    return new AssumedRole(
        "arn:aws:iam::%s:role%s%s".formatted(source.account(), ROLE.path(), ROLE.roleName()),
        ROLE.roleName(),
        UniqueIds.ofRole(source.toString()));
  }

  private AccessKey key(String account, AssumedRole role, Credentials credentials) {
    return new AccessKey(
        credentials.accessKeyId(),
        credentials.secretKey(),
        principal(account, role, credentials.accessKeyId()),
        Optional.of(credentials.sessionToken()));
  }

  private Principal principal(String account, AssumedRole role, String accessKeyId) {
    Instant now = clock.instant().truncatedTo(ChronoUnit.SECONDS);
    return new Principal(
        account,
        "arn:aws:sts::%s:assumed-role/%s/%s".formatted(account, role.name(), SESSION),
        role.id() + ":" + SESSION,
        accessKeyId,
        Optional.of(new Session(now, now.plus(LENGTH), Optional.of(role), List.of(), Map.of())));
  }

  /** What is granted to a peer whose role is not kept here; empty for everybody else. */
  public Optional<Grants> grants(Principal principal) {
    return sourceOf(principal)
        .flatMap(source -> agreements.with(source.region()))
        .filter(agreement -> !agreement.sameIdentities())
        .map(any -> OF_ROLE);
  }

  /** Denies everything to peers that replicate as an account which no agreement covers. */
  public Authorizer authorizing(Authorizer others) {
    return attempt ->
        sourceOf(attempt.principal())
            .filter(source -> !agreements.cover(source))
            .<Decision>map(source -> new Denied(uncovered(attempt, source)))
            .orElseGet(() -> others.decide(attempt));
  }

  private static String uncovered(Attempt attempt, Source source) {
    return "User: %s is not authorized to perform: %s on resource: %s because the agreement with %s does not cover the account %s"
        .formatted(
            attempt.principal().arn(),
            attempt.action(),
            attempt.resource(),
            source.region(),
            source.account());
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
