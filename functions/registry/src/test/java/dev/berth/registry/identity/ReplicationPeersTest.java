package dev.berth.registry.identity;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.core.authz.Principal;
import dev.berth.core.replication.PeerSecret;
import dev.berth.core.replication.PeerSecret.Source;
import dev.berth.core.sigv4.AccessKey;
import dev.berth.registry.store.MemoryTable;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;

class ReplicationPeersTest {

  private static final Source SOURCE = new Source("111122223333", "eu-west-1");
  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
  private static final Clock CLOCK = Clock.fixed(NOW, ZoneOffset.UTC);

  private final PeerSecret secret = new PeerSecret(new SecretKeySpec(new byte[32], "HmacSHA256"));
  private final ServiceLinkedRoles roles = new ServiceLinkedRoles(new MemoryTable(), CLOCK);
  private final ReplicationPeers peers = new ReplicationPeers(secret, roles, CLOCK);
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
