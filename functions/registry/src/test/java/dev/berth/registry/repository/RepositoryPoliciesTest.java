package dev.berth.registry.repository;

import static dev.berth.registry.image.Registry.ACCOUNT;
import static dev.berth.registry.image.Registry.APP;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.berth.core.policy.PolicyDocument;
import dev.berth.core.policy.PolicyReader;
import dev.berth.registry.RegistryException.RepositoryNotFound;
import dev.berth.registry.RegistryException.RepositoryPolicyNotFound;
import dev.berth.registry.image.Registry;
import dev.berth.registry.repository.Repository.Settings;
import dev.berth.registry.store.InterposedTable;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RepositoryPoliciesTest {

  private final Registry registry = new Registry();
  private final InterposedTable raced = new InterposedTable(registry.table);
  private final RepositoryPolicies policies = new RepositoryPolicies(raced);

  private static PolicyDocument policy(String sid) {
    return PolicyReader.ofRepository()
        .read(
            """
            {"Statement":{"Sid":"%s","Effect":"Allow","Principal":"*","Action":"ecr:*"}}\
            """
                .formatted(sid));
  }

  private void meanwhile(Runnable what) {
    raced.before(any -> true, what);
  }

  @Test
  void aPolicyThatIsSetWhileItsRepositoryIsDeletedIsRefused() {
    meanwhile(() -> registry.repositories.delete(ACCOUNT, APP, true));

    assertThatThrownBy(() -> policies.set(ACCOUNT, APP, policy("late")))
        .isInstanceOf(RepositoryNotFound.class);
    registry.repositories.create(ACCOUNT, APP, Settings.defaults(), Map.of());
    assertThatThrownBy(() -> policies.require(ACCOUNT, APP))
        .isInstanceOf(RepositoryPolicyNotFound.class);
  }

  @Test
  void aPolicyThatIsSetWhileAnotherIsDeletedIsTheOneThatGoes() {
    policies.set(ACCOUNT, APP, policy("first"));
    meanwhile(() -> policies.set(ACCOUNT, APP, policy("second")));

    assertThat(policies.delete(ACCOUNT, APP)).contains("second");
    assertThatThrownBy(() -> policies.require(ACCOUNT, APP))
        .isInstanceOf(RepositoryPolicyNotFound.class);
  }

  @Test
  void aPolicyIsDeletedOnce() {
    policies.set(ACCOUNT, APP, policy("only"));
    meanwhile(() -> policies.delete(ACCOUNT, APP));

    assertThatThrownBy(() -> policies.delete(ACCOUNT, APP))
        .isInstanceOf(RepositoryPolicyNotFound.class);
  }
}
