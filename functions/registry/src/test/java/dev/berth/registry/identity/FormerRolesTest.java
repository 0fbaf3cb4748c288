package dev.berth.registry.identity;

import static dev.berth.registry.identity.Accounts.ACCOUNT;
import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.registry.store.Action;
import dev.berth.registry.store.Item;
import dev.berth.registry.store.Key;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A data directory in which the role for replication was the only one there could be. */
class FormerRolesTest {

  private static final ServiceLinkedRole ROLE = ServiceLinkedRole.ECR_REPLICATION;

  private final Accounts accounts = new Accounts();

  @BeforeEach
  void keepAFormerRole() {
    accounts.table.transact(
        Action.put(
            Item.at(new Key("P#" + ACCOUNT, "role#AWSServiceRoleForECRReplication"))
                .number("v", 1)
                .text("account", ACCOUNT)
                .text("name", "AWSServiceRoleForECRReplication")
                .text("path", "/aws-service-role/replication.ecr.amazonaws.com/")
                .text("id", "AROAFORMER")
                .text("description", "described")
                .number("createdAt", 12345)
                .number("version", 4)
                .text("usedBy:us-east-1", "mark")
                .build()));
  }

  @Test
  void itIsReadOnceItIsRenewed() {
    accounts.here.renew(List.of(ACCOUNT, Accounts.OTHER_ACCOUNT));
    accounts.here.renew(List.of(ACCOUNT));

    Role role = accounts.here.roles().require(ACCOUNT, ROLE.roleName());
    assertThat(role.id()).isEqualTo("AROAFORMER");
    assertThat(role.description()).isEqualTo("described");
    assertThat(role.createdAt()).isEqualTo(Instant.ofEpochMilli(12345));
    assertThat(role.trustPolicy()).isEqualTo(ROLE.trustPolicy());
    assertThat(role.longestSession()).isEqualTo(Role.AN_HOUR);
    assertThat(role.permissions().attached()).containsExactly(ROLE.policyArn());
    assertThat(accounts.here.roles().list(ACCOUNT, Optional.empty(), 9).entries())
        .containsExactly(role);
    assertThat(accounts.table.all()).hasSize(1);
  }

  @Test
  void itIsStillUsedByItsRegionsAndDeletedAfterThem() {
    accounts.here.renew(List.of(ACCOUNT));
    ServiceLinkedRoles roles = accounts.here.serviceLinkedRoles();

    assertThat(roles.delete(ACCOUNT, ROLE).orElseThrow().regionsUsing())
        .containsExactly("us-east-1");
    roles.unmark(roles.mark(ACCOUNT, "us-east-1").orElseThrow());
    assertThat(roles.delete(ACCOUNT, ROLE).orElseThrow().succeeded()).isTrue();
    assertThat(roles.find(ACCOUNT, ROLE)).isEmpty();
  }

  @Test
  void oneThatWasMadeSinceCounts() {
    accounts.here.serviceLinkedRoles().markReplicating(ACCOUNT, "eu-west-1");
    Role since = accounts.here.serviceLinkedRoles().find(ACCOUNT, ROLE).orElseThrow();

    accounts.here.renew(List.of(ACCOUNT));

    assertThat(accounts.here.roles().list(ACCOUNT, Optional.empty(), 9).entries())
        .containsExactly(since);
  }
}
