package dev.berth.registry.lifecycle;

import static dev.berth.registry.image.Registry.ACCOUNT;
import static dev.berth.registry.image.Registry.APP;
import static dev.berth.registry.lifecycle.PreviewsTest.keepOne;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.berth.core.lifecycle.LifecyclePolicy;
import dev.berth.core.oci.RepositoryName;
import dev.berth.registry.RegistryException.LifecyclePolicyNotFound;
import dev.berth.registry.RegistryException.RepositoryNotFound;
import dev.berth.registry.image.Registry;
import dev.berth.registry.repository.Repository.Settings;
import dev.berth.registry.store.Action;
import dev.berth.registry.store.InterposedTable;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class LifecyclePoliciesTest {

  private static final LifecyclePolicy POLICY = keepOne("any");
  private static final LifecyclePolicy ANOTHER = keepOne("untagged");

  private final Registry registry = new Registry();
  private final InterposedTable table = new InterposedTable(registry.table);
  private final LifecyclePolicies policies = new LifecyclePolicies(table);

  @Test
  void aPolicyIsKeptAsItWasSentUntilAnotherTakesItsPlace() {
    policies.put(ACCOUNT, APP, POLICY);
    policies.recordEvaluation(policies.effective(ACCOUNT, APP).orElseThrow(), registry.now);
    assertThat(policies.require(ACCOUNT, APP))
        .isEqualTo(new StoredLifecyclePolicy(POLICY.text(), Optional.of(registry.now)));

    policies.put(ACCOUNT, APP, ANOTHER);
    assertThat(policies.require(ACCOUNT, APP))
        .isEqualTo(new StoredLifecyclePolicy(ANOTHER.text(), Optional.empty()));
  }

  @Test
  void anEvaluationOfAFormerPolicyIsNotRecorded() {
    policies.put(ACCOUNT, APP, POLICY);
    EffectivePolicy former = policies.effective(ACCOUNT, APP).orElseThrow();
    policies.put(ACCOUNT, APP, ANOTHER);
    policies.recordEvaluation(former, registry.now);
    assertThat(policies.require(ACCOUNT, APP).lastEvaluatedAt()).isEmpty();
  }

  @Test
  void aRepositoryMadeAnewHasNoPolicy() {
    policies.put(ACCOUNT, APP, POLICY);
    registry.repositories.delete(ACCOUNT, APP, true);
    registry.repositories.create(ACCOUNT, APP, Settings.defaults(), Map.of());
    assertThatThrownBy(() -> policies.require(ACCOUNT, APP))
        .isInstanceOf(LifecyclePolicyNotFound.class);
  }

  @Test
  void aPolicyIsOfARepositoryThatIsThere() {
    var none = new RepositoryName("none");
    assertThatThrownBy(() -> policies.put(ACCOUNT, none, POLICY))
        .isInstanceOf(RepositoryNotFound.class);
    assertThatThrownBy(() -> policies.require(ACCOUNT, none))
        .isInstanceOf(RepositoryNotFound.class);
  }

  @Test
  void theAnswerToADeletionIsThePolicyThatWasDeleted() {
    policies.put(ACCOUNT, APP, POLICY);
    table.before(Action.Delete.class::isInstance, () -> policies.put(ACCOUNT, APP, ANOTHER));
    assertThat(policies.delete(ACCOUNT, APP).text()).isEqualTo(ANOTHER.text());
    assertThatThrownBy(() -> policies.delete(ACCOUNT, APP))
        .isInstanceOf(LifecyclePolicyNotFound.class);
  }
}
