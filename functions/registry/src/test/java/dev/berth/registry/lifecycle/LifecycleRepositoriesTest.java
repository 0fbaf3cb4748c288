package dev.berth.registry.lifecycle;

import static dev.berth.registry.image.Registry.ACCOUNT;
import static dev.berth.registry.image.Registry.APP;
import static dev.berth.registry.lifecycle.ExpiringRegistry.keep;
import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.core.oci.RepositoryName;
import dev.berth.registry.image.Registry;
import dev.berth.registry.repository.Repository.Settings;
import dev.berth.registry.store.Action;
import dev.berth.registry.store.Keys;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LifecycleRepositoriesTest {

  private static final String OTHER = "210987654321";

  private final Registry registry = new Registry();
  private final LifecyclePolicies policies = new LifecyclePolicies(registry.table);
  private final RegistryLifecyclePolicies defaults = new RegistryLifecyclePolicies(registry.table);

  @Test
  void thoseWithAPolicyOfTheirOwnAreFoundInAllRegistries() {
    create(ACCOUNT, "without");
    create(OTHER, "app");
    policies.put(ACCOUNT, APP, keep(1));
    policies.put(OTHER, new RepositoryName("app"), keep(1));
    assertThat(found()).containsExactlyInAnyOrder(ACCOUNT + "/" + APP, OTHER + "/app");
  }

  @Test
  void withADefaultAllOfItsRegistryAreFound() {
    create(ACCOUNT, "without");
    create(OTHER, "app");
    defaults.put(ACCOUNT, keep(1));
    assertThat(found()).containsExactly(ACCOUNT + "/" + APP, ACCOUNT + "/without");
  }

  @Test
  void policiesOfOlderVersionsAreFoundToo() {
    policies.put(ACCOUNT, APP, keep(1));
    registry.table.transact(Action.delete(Keys.lifecycleRegistry(ACCOUNT)));
    assertThat(found()).containsExactly(ACCOUNT + "/" + APP);
  }

  @Test
  void aHundredTakeTwoCallsAndWithADefaultOne() {
    for (int i = 0; i < 249; i++) {
      create(ACCOUNT, "repository-" + i);
    }
    policies.put(ACCOUNT, APP, keep(1));
    found();
    registry.table.takeCalls();

    assertThat(found()).hasSize(1);
    assertThat(registry.table.takeCalls()).isEqualTo(2 + 1 + 3 * 2);
    defaults.put(ACCOUNT, keep(1));
    registry.table.takeCalls();
    assertThat(found()).hasSize(250);
    assertThat(registry.table.takeCalls()).isEqualTo(2 + 1 + 3);
  }

  private void create(String account, String name) {
    registry.repositories.create(account, new RepositoryName(name), Settings.defaults(), Map.of());
  }

  private List<String> found() {
    List<String> found = new ArrayList<>();
    new LifecycleRepositories(registry.table)
        .forEach((account, names) -> names.forEach(name -> found.add(account + "/" + name)));
    return found;
  }
}
