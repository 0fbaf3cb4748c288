package dev.berth.registry.identity;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.core.authz.Authorizer.Attempt;
import dev.berth.core.authz.Authorizer.Decision;
import dev.berth.core.authz.Authorizer.Decision.Allowed;
import dev.berth.core.authz.Authorizer.Decision.Denied;
import dev.berth.core.authz.Principal;
import dev.berth.core.replication.PeerAgreement;
import dev.berth.core.replication.PeerAgreements;
import dev.berth.core.replication.PeerSecret;
import dev.berth.core.replication.PeerSecret.Source;
import dev.berth.core.sigv4.AccessKey;
import dev.berth.registry.store.MemoryTable;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ReplicationPeersTest {

  private static final Source SOURCE = new Source("111122223333", "eu-west-1");
  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
  private static final Clock CLOCK = Clock.fixed(NOW, ZoneOffset.UTC);

  /** Of a deployment that others run. */
  private static final Source THEIRS = new Source("444455556666", "ap-south-1");

  private final PeerSecret secret = PeerSecret.random();
  private final PeerSecret theirSecret = PeerSecret.random();
  private final ServiceLinkedRoles roles = new ServiceLinkedRoles(new MemoryTable(), CLOCK);
  private final ReplicationPeers peers =
      new ReplicationPeers(
          new PeerAgreements(
              List.of(
                  new PeerAgreement(SOURCE.region(), true, SOURCE.account()::equals, secret),
                  new PeerAgreement(
                      THEIRS.region(), false, THEIRS.account()::equals, theirSecret))),
          roles,
          CLOCK);
  private final String keyId = secret.credentials(SOURCE).accessKeyId();

  @Test
  void aKeyIsOneOfASessionOfTheAccountsReplicationRole() {
    roles.markReplicating(SOURCE.account(), SOURCE.region());
    Role role = roles.find(SOURCE.account(), ServiceLinkedRole.ECR_REPLICATION).orElseThrow();

    AccessKey key = peers.find(keyId).orElseThrow();

    assertThat(key.secret()).isEqualTo(secret.credentials(SOURCE).secretKey());
    assertThat(key.sessionToken()).contains(secret.credentials(SOURCE).sessionToken());
    Principal principal = key.principal();
    assertThat(principal.account()).isEqualTo(SOURCE.account());
    assertThat(principal.arn())
        .isEqualTo(
            "arn:aws:sts::111122223333:assumed-role/AWSServiceRoleForECRReplication/ecr-replication");
    assertThat(principal.uniqueId()).isEqualTo(role.id() + ":ecr-replication");
    assertThat(principal.session().orElseThrow().lasts(NOW.plusSeconds(3599))).isTrue();
    assertThat(ReplicationPeers.sourceOf(principal)).contains(SOURCE);
  }

  @Test
  void aKeyIsNoneWithoutTheRole() {
    assertThat(peers.find(keyId)).isEmpty();
    roles.markReplicating(SOURCE.account(), SOURCE.region());
    assertThat(peers.find(keyId)).isPresent();
    roles.unmark(roles.mark(SOURCE.account(), SOURCE.region()).orElseThrow());
    roles.delete(SOURCE.account(), ServiceLinkedRole.ECR_REPLICATION);
    assertThat(peers.find(keyId)).isEmpty();
  }

  @Test
  void otherKeysAreNotKnown() {
    roles.markReplicating(SOURCE.account(), SOURCE.region());
    assertThat(peers.find("AKIDEXAMPLE")).isEmpty();
    assertThat(peers.find(keyId.toLowerCase())).isEmpty();
    assertThat(peers.find(keyId.replace(SOURCE.account(), "999999999999"))).isEmpty();
  }

  @Test
  void theRoleOfAnotherDeploymentsAccountNeedNotBeKeptHere() {
    PeerSecret.Credentials credentials = theirSecret.credentials(THEIRS);

    AccessKey key = peers.find(credentials.accessKeyId()).orElseThrow();

    assertThat(key.secret()).isEqualTo(credentials.secretKey());
    Principal principal = key.principal();
    assertThat(principal.account()).isEqualTo(THEIRS.account());
    assertThat(principal.session().orElseThrow().role().orElseThrow().arn())
        .isEqualTo(
            "arn:aws:iam::444455556666:role/aws-service-role/replication.ecr.amazonaws.com/AWSServiceRoleForECRReplication");
    assertThat(principal.uniqueId()).matches("AROA[A-Z2-7]{17}:ecr-replication");
    assertThat(peers.find(credentials.accessKeyId()).orElseThrow().principal().uniqueId())
        .isEqualTo(principal.uniqueId());
    assertThat(peers.grants(principal).orElseThrow().policies()).hasSize(1);
  }

  @Test
  void aRoleThatIsKeptHereHasWhatItIsGrantedHere() {
    roles.markReplicating(SOURCE.account(), SOURCE.region());

    assertThat(peers.grants(peers.find(keyId).orElseThrow().principal())).isEmpty();
    assertThat(peers.grants(Principal.root(THEIRS.account(), "AKIA"))).isEmpty();
  }

  @Test
  void aPeersSecretIsGoodForItsOwnRegionAlone() {
    roles.markReplicating(SOURCE.account(), SOURCE.region());

    assertThat(peers.find(keyId).orElseThrow().secret())
        .isNotEqualTo(theirSecret.credentials(SOURCE).secretKey());
    assertThat(
            peers.find(
                theirSecret.credentials(new Source(THEIRS.account(), "sa-east-1")).accessKeyId()))
        .isEmpty();
  }

  @Test
  void whomNoAgreementCoversIsDeniedEverything() {
    String keyOfAnother =
        theirSecret.credentials(new Source("999999999999", THEIRS.region())).accessKeyId();

    assertThat(decided(keyOfAnother))
        .isEqualTo(
            new Denied(
                "User:"
                    + " arn:aws:sts::999999999999:assumed-role/AWSServiceRoleForECRReplication/ecr-replication"
                    + " is not authorized to perform: ecr:ReplicateImage on resource: * because the"
                    + " agreement with ap-south-1 does not cover the account 999999999999"));
    assertThat(decided(theirSecret.credentials(THEIRS).accessKeyId())).isEqualTo(new Allowed());
  }

  private Decision decided(String key) {
    Principal principal = peers.find(key).orElseThrow().principal();
    return peers
        .authorizing(attempt -> new Allowed())
        .decide(new Attempt(principal, "ecr:ReplicateImage", "*"));
  }

  @Test
  void noOtherPrincipalReplicates() {
    roles.markReplicating(SOURCE.account(), SOURCE.region());
    Principal peer = peers.find(keyId).orElseThrow().principal();
    // a root may have any key id
    assertThat(ReplicationPeers.sourceOf(Principal.root(SOURCE.account(), keyId))).isEmpty();
    assertThat(
            ReplicationPeers.sourceOf(
                new Principal(
                    peer.account(), peer.arn(), peer.uniqueId(), keyId, Optional.empty())))
        .isEmpty();
    assertThat(
            ReplicationPeers.sourceOf(
                new Principal(
                    peer.account(), peer.arn(), peer.uniqueId(), "ASIAOTHER", peer.session())))
        .isEmpty();
    assertThat(
            ReplicationPeers.sourceOf(
                new Principal("123456789012", peer.arn(), peer.uniqueId(), keyId, peer.session())))
        .isEmpty();
  }
}
