package dev.berth.registry.repository;

import static dev.berth.registry.image.Registry.ACCOUNT;
import static dev.berth.registry.image.Registry.APP;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.berth.core.oci.RepositoryName;
import dev.berth.core.quota.Quotas;
import dev.berth.registry.RegistryException.KmsFailed;
import dev.berth.registry.RegistryException.RepositoryAlreadyExists;
import dev.berth.registry.encryption.Encryption;
import dev.berth.registry.encryption.KeyArn;
import dev.berth.registry.image.Registry;
import dev.berth.registry.repository.Repository.Settings;
import dev.berth.registry.repository.Repository.TagMutability;
import dev.berth.registry.store.Action;
import dev.berth.registry.store.InterposedTable;
import dev.berth.registry.store.Keys;
import dev.berth.registry.store.Table;
import dev.berth.registry.work.Work.RetireGrants;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** A repository with a key has two grants on it for as long as it is there, whatever breaks off. */
class RepositoryGrantsTest {

  private static final RepositoryName SEALED = new RepositoryName("team/sealed");

  private final Registry registry = new Registry();
  private final KeyArn key = registry.keys.create(ACCOUNT, "alias/team");

  @Test
  void aRepositoryIsGrantedTheUseOfItsKey() {
    Repository made = create(SEALED);

    String name = key + " berth:" + made.id();
    String arn = "arn:aws:ecr:us-east-1:123456789012:repository/team/sealed";
    assertThat(registry.keys.grants())
        .containsExactly(name + ":decrypt " + arn, name + ":encrypt " + arn);
    assertThat(registry.reader.require(ACCOUNT, SEALED).encryption())
        .isEqualTo(new Encryption.Kms(key));
    assertThat(works()).isEmpty();
  }

  @Test
  void aRepositoryWithoutAKeyNeedsNone() {
    assertThat(registry.reader.require(ACCOUNT, APP).encryption()).isEqualTo(Encryption.AES256);
    assertThat(registry.keys.grants()).isEmpty();
  }

  @Test
  void aNameThatIsTakenCostsNoGrant() {
    assertThatThrownBy(() -> create(APP)).isInstanceOf(RepositoryAlreadyExists.class);

    assertThat(registry.keys.grants()).isEmpty();
    assertThat(works()).isEmpty();
  }

  @Test
  void aRepositoryThatLosesItsNameMeanwhileGivesItsGrantsBack() {
    var table = new InterposedTable(registry.table);
    var raced = new Repositories(table, registry.keys, registry.clock, Quotas.standard());
    table.before(
        action -> action.key().equals(Keys.repository(ACCOUNT, SEALED.value())),
        () -> createPlain(SEALED));

    assertThatThrownBy(() -> raced.create(ACCOUNT, SEALED, settings(), Map.of()))
        .isInstanceOf(RepositoryAlreadyExists.class);

    assertThat(registry.keys.grants()).isEmpty();
    assertThat(works()).isEmpty();
  }

  @Test
  void aRepositoryWhoseKeyIsNotGrantedIsNotMade() {
    registry.keys.refuseGrants();

    assertThatThrownBy(() -> create(SEALED))
        .isInstanceOfSatisfying(
            KmsFailed.class, e -> assertThat(e.error()).isEqualTo("LimitExceededException"));

    assertThat(registry.keys.grants()).isEmpty();
    assertThat(works()).isEmpty();
    assertThat(registry.repositories.find(ACCOUNT, List.of(SEALED))).isEmpty();
  }

  @Test
  void grantsWhoseRepositoryNeverCameAreRetiredAnHourLater() {
    var broken = new RetireGrants(ACCOUNT, SEALED, "r1", key);
    registry.table.transact(
        Action.put(broken.item(registry.clock.instant().plus(Duration.ofHours(1)))));
    registry.keys.grant(key, "r1", "arn");

    registry.sweeper.run();
    assertThat(registry.keys.grants()).hasSize(2);

    registry.passes(Duration.ofMinutes(61));
    registry.sweeper.run();
    assertThat(registry.keys.grants()).isEmpty();
    assertThat(works()).isEmpty();
  }

  @Test
  void theGrantsOfADeletedRepositoryAreRetiredBySweeping() {
    create(SEALED);
    Repository other = create(new RepositoryName("team/other"));

    registry.repositories.delete(ACCOUNT, SEALED, false);
    registry.sweeper.run();

    assertThat(registry.keys.grants()).hasSize(2).allMatch(grant -> grant.contains(other.id()));
  }

  private Repository create(RepositoryName name) {
    return registry.repositories.create(ACCOUNT, name, settings(), Map.of());
  }

  private void createPlain(RepositoryName name) {
    registry.repositories.create(ACCOUNT, name, Settings.defaults(), Map.of());
  }

  private Settings settings() {
    return new Settings(TagMutability.MUTABLE, false, new Encryption.Kms(key));
  }

  private List<?> works() {
    return registry
        .table
        .query(Keys.works(), "", Optional.empty(), 10, Table.Consistency.STRONG)
        .entries();
  }
}
