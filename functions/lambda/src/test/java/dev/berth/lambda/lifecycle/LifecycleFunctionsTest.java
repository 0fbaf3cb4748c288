package dev.berth.lambda.lifecycle;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.berth.core.audit.AuditRecord;
import dev.berth.core.lifecycle.LifecyclePolicy;
import dev.berth.core.oci.Algorithm;
import dev.berth.core.oci.Digest;
import dev.berth.core.oci.ManifestReader;
import dev.berth.core.oci.RepositoryName;
import dev.berth.core.quota.Quotas;
import dev.berth.core.secret.DeploymentSecret;
import dev.berth.core.trigger.FunctionRequest;
import dev.berth.core.trigger.Triggers;
import dev.berth.registry.encryption.MemoryKeys;
import dev.berth.registry.image.ImagePush.Push;
import dev.berth.registry.image.Registry;
import dev.berth.registry.lifecycle.ExpirationAudit;
import dev.berth.registry.repository.Repository.Settings;
import dev.berth.registry.service.Services;
import dev.berth.registry.store.Action;
import dev.berth.registry.store.Condition;
import dev.berth.registry.store.InterposedTable;
import dev.berth.registry.store.Keys;
import dev.berth.registry.store.MemoryObjects;
import dev.berth.registry.store.MemoryTable;
import dev.berth.registry.upload.Body;
import dev.berth.registry.upload.PartSizes;
import dev.berth.registry.upload.Uploader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LifecycleFunctionsTest {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String ACCOUNT = "123456789012";
  private static final String OTHER = "210987654321";
  private static final RepositoryName APP = new RepositoryName("team/app");
  private static final byte[] LAYER = {1, 2, 3};
  private static final LifecyclePolicy KEEP_ONE =
      LifecyclePolicy.parse(
          "{\"rules\":[{\"rulePriority\":1,\"selection\":{\"tagStatus\":\"any\",\"countType\":"
              + "\"imageCountMoreThan\",\"countNumber\":1},\"action\":{\"type\":\"expire\"}}]}");

  private final InterposedTable table = new InterposedTable(new MemoryTable());
  private Instant now = Instant.parse("2026-01-01T00:00:00Z");
  private final Clock clock = ((InstantSource) () -> now).withZone(ZoneOffset.UTC);
  private final List<AuditRecord> records = new ArrayList<>();
  private final List<FunctionRequest> asked = new ArrayList<>();
  private final Services services =
      Services.over(
          table,
          new MemoryObjects(1),
          new MemoryKeys(),
          new DeploymentSecret(List.of(new DeploymentSecret.Key("k", new byte[32]))),
          PartSizes.defaults(),
          Quotas.standard(),
          new ExpirationAudit(records::add, "us-east-1", clock),
          clock);
  private final LifecycleFunctions functions =
      new LifecycleFunctions(services, asked::addAll, "us-east-1", clock);

  @Test
  void eachRepositoryWithAPolicyIsAskedForAndWhatIsAskedForIsEvaluated() {
    push(ACCOUNT, APP, 2);
    push(OTHER, APP, 2);
    push(ACCOUNT, new RepositoryName("without"), 2);
    services.lifecyclePolicies().put(ACCOUNT, APP, KEEP_ONE);
    services.lifecyclePolicies().put(OTHER, APP, KEEP_ONE);

    functions.askForAll(json("{\"id\":\"one\"}"));

    assertThat(asked)
        .extracting(FunctionRequest::detailType, FunctionRequest::region)
        .containsOnly(tuple(Triggers.LIFECYCLE_EVALUATION, "us-east-1"));
    assertThat(asked)
        .extracting(request -> request.detail().toString())
        .containsExactlyInAnyOrder(
            "{\"registry-id\":\"123456789012\",\"repository-name\":\"team/app\"}",
            "{\"registry-id\":\"210987654321\",\"repository-name\":\"team/app\"}");
    List.copyOf(asked).forEach(request -> functions.evaluate(json(request.json())));
    assertThat(images(ACCOUNT, APP)).isEqualTo(1);
    assertThat(images(OTHER, APP)).isEqualTo(1);
    assertThat(records).hasSize(2);
  }

  @Test
  void theSameOccasionMakesTheSameRequests() {
    push(ACCOUNT, APP, 1);
    services.registryLifecyclePolicies().put(ACCOUNT, KEEP_ONE);

    functions.askForAll(json("{\"id\":\"one\"}"));
    functions.askForAll(json("{\"id\":\"one\"}"));
    functions.askForAll(json("{\"id\":\"two\"}"));

    assertThat(asked.get(0).id()).isEqualTo(asked.get(1).id()).isNotEqualTo(asked.get(2).id());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "null",
        "[]",
        "7",
        "{}",
        "{\"detail\":{\"registry-id\":\"123456789012\"}}",
        "{\"detail\":{\"registry-id\":\"123456789012\",\"repository-name\":\"../x\"}}",
        "{\"detail\":{\"registry-id\":\"123456789012\",\"repository-name\":[\"team/app\"]}}",
        "{\"account\":\"123456789012\",\"detail\":{\"repository-name\":\"team/app\"}}",
        "{\"account\":\"123456789012\",\"detail\":\"team/app\"}",
        "{\"detail\":{\"registry-id\":\"1\",\"repository-name\":\"team/app\"}}"
      })
  void whatAsksForNoRepositoryIsRefusedAndNotTriedAgain(String event) {
    functions.evaluate(json(event));
    assertThat(asked).isEmpty();
  }

  @Test
  void aRepositoryThatIsGoneIsFine() {
    functions.evaluate(event());
    assertThat(records).isEmpty();
  }

  @Test
  void aDuplicateExpiresNothingMore() {
    push(ACCOUNT, APP, 3);
    services.lifecyclePolicies().put(ACCOUNT, APP, KEEP_ONE);
    functions.evaluate(event());
    functions.evaluate(event());
    assertThat(images(ACCOUNT, APP)).isEqualTo(1);
    assertThat(records).hasSize(1);
  }

  @Test
  void whatIsTooMuchForOneInvocationGoesOnInAnotherOne() {
    push(ACCOUNT, APP, 201);
    services.lifecyclePolicies().put(ACCOUNT, APP, KEEP_ONE);
    table.before(
        action -> action instanceof Action.Delete && action.key().sort().startsWith("step#"),
        () -> now = now.plus(Duration.ofMinutes(6)));

    functions.evaluate(event());

    assertThat(images(ACCOUNT, APP)).isEqualTo(101);
    assertThat(asked).hasSize(1);
    functions.evaluate(json(asked.getFirst().json()));
    assertThat(images(ACCOUNT, APP)).isEqualTo(1);
    assertThat(asked).hasSize(1);
  }

  @Test
  void aDamagedPolicyFailsVisibly() {
    push(ACCOUNT, APP, 2);
    services.lifecyclePolicies().put(ACCOUNT, APP, KEEP_ONE);
    table.transact(
        Action.update(Keys.lifecyclePolicy(ACCOUNT, APP.value()))
            .set("text", "{}")
            .when(Condition.present()));
    assertThatThrownBy(() -> functions.evaluate(event()))
        .hasMessageContaining("the text must have");
  }

  private static JsonNode event() {
    return json(
        "{\"id\":\"e\",\"detail\":{\"registry-id\":\"%s\",\"repository-name\":\"team/app\"}}"
            .formatted(ACCOUNT));
  }

  private static JsonNode json(String text) {
    try {
      return JSON.readTree(text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private long images(String account, RepositoryName name) {
    return services.repositories().find(account, List.of(name)).getFirst().imageCount();
  }

  private void push(String account, RepositoryName name, int images) {
    services.repositories().create(account, name, Settings.defaults(), Map.of());
    Digest layer = Digest.sha256(LAYER);
    services.uploads().uploadWhole(new Uploader(account, name, "AIDA"), layer, Body.of(LAYER));
    for (int i = 0; i < images; i++) {
      String annotation = ",\"annotations\":{\"number\":\"%d\"}".formatted(i);
      byte[] bytes = Registry.manifest(layer, layer, annotation).getBytes(UTF_8);
      var manifest = ManifestReader.read(bytes, Optional.empty());
      services
          .push()
          .push(account, name, new Push(bytes, manifest, Algorithm.SHA256, Optional.empty()));
      now = now.plusSeconds(1);
    }
  }
}
