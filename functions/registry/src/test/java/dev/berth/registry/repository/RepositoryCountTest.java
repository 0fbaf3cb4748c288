package dev.berth.registry.repository;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.berth.core.oci.RepositoryName;
import dev.berth.core.quota.Quotas;
import dev.berth.registry.RegistryException.LimitExceeded;
import dev.berth.registry.RegistryException.RepositoryAlreadyExists;
import dev.berth.registry.RegistryException.RepositoryNotEmpty;
import dev.berth.registry.encryption.MemoryKeys;
import dev.berth.registry.repository.Repository.Settings;
import dev.berth.registry.store.Action;
import dev.berth.registry.store.Condition;
import dev.berth.registry.store.InterposedTable;
import dev.berth.registry.store.Keys;
import dev.berth.registry.store.MemoryTable;
import dev.berth.registry.store.Table;
import dev.berth.registry.store.Table.Consistency;
import java.time.Clock;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RepositoryCountTest {

  private static final String ACCOUNT = "123456789012";
  private static final String OTHER = "111122223333";

  private final MemoryTable table = new MemoryTable();
  private final InterposedTable raced = new InterposedTable(table);
  private final Repositories repositories = over(table);

  @Test
  void eachRegistryHasAQuotaOfItsOwn() {
    create(repositories, ACCOUNT, "one");
    create(repositories, ACCOUNT, "two");

    create(repositories, OTHER, "one");

    assertThatThrownBy(() -> create(repositories, ACCOUNT, "three"))
        .isInstanceOf(LimitExceeded.class);
    assertThat(count(ACCOUNT)).isEqualTo(2);
    assertThat(count(OTHER)).isEqualTo(1);
  }

  @Test
  void aNameThatIsTakenIsSaidToBeEvenWhereThereIsNoRoom() {
    create(repositories, ACCOUNT, "one");
    create(repositories, ACCOUNT, "two");

    assertThatThrownBy(() -> create(repositories, ACCOUNT, "one"))
        .isInstanceOf(RepositoryAlreadyExists.class);
  }

  @Test
  void aRegistryThatIsOlderThanItsCountIsCounted() {
    create(repositories, ACCOUNT, "one");
    create(repositories, ACCOUNT, "two");
    table.transact(Action.delete(Keys.registryCounts(ACCOUNT)));

    assertThatThrownBy(() -> create(repositories, ACCOUNT, "three"))
        .isInstanceOf(LimitExceeded.class);
    table.transact(Action.delete(Keys.registryCounts(ACCOUNT)));
    repositories.delete(ACCOUNT, new RepositoryName("two"), false);

    assertThat(count(ACCOUNT)).isEqualTo(1);
  }

  @Test
  void whoeverComesInBetweenTheCountingIsCounted() {
    create(repositories, ACCOUNT, "one");
    table.transact(Action.delete(Keys.registryCounts(ACCOUNT)));
    raced.before(
        action -> action.key().equals(Keys.registryCounts(ACCOUNT)) && action instanceof Action.Put,
        () -> repositories.delete(ACCOUNT, new RepositoryName("one"), false));

    create(over(raced), ACCOUNT, "two");

    assertThat(count(ACCOUNT)).isEqualTo(1);
  }

  @Test
  void ofTwoAtOnceOneGetsTheLastPlace() {
    create(repositories, ACCOUNT, "one");
    raced.before(
        action -> action instanceof Action.Put, () -> create(repositories, ACCOUNT, "two"));

    assertThatThrownBy(() -> create(over(raced), ACCOUNT, "three"))
        .isInstanceOf(LimitExceeded.class);
    assertThat(count(ACCOUNT)).isEqualTo(2);
  }

  @Test
  void theNumberCostsNoCall() {
    create(repositories, ACCOUNT, "one");
    table.takeCalls();

    create(repositories, ACCOUNT, "two");

    assertThat(table.takeCalls()).isEqualTo(1);
  }

  @Test
  void aDeletionThatComesTooLateCountsNothing() {
    create(repositories, ACCOUNT, "one");
    raced.before(
        action -> action instanceof Action.Delete,
        () ->
            table.transact(
                Action.update(Keys.repository(ACCOUNT, "one"))
                    .add(RepositoryItem.IMAGE_COUNT, 1)
                    .when(Condition.present())));
    table.takeCalls();

    assertThatThrownBy(() -> over(raced).delete(ACCOUNT, new RepositoryName("one"), false))
        .isInstanceOf(RepositoryNotEmpty.class);
    // the image, and twice the look at the repository with a try to delete it in between
    assertThat(table.takeCalls()).isEqualTo(4);
  }

  private static Repositories over(Table table) {
    return new Repositories(
        table, new MemoryKeys(), Clock.systemUTC(), Quotas.of(Map.of("repositories", 2L)));
  }

  private static void create(Repositories repositories, String account, String name) {
    repositories.create(account, new RepositoryName(name), Settings.defaults(), Map.of());
  }

  private long count(String account) {
    return table
        .get(Keys.registryCounts(account), Consistency.STRONG)
        .orElseThrow()
        .number("repositories");
  }
}
