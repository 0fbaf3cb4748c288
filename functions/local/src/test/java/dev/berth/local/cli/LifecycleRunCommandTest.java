package dev.berth.local.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.core.lifecycle.LifecyclePolicy;
import dev.berth.core.oci.Algorithm;
import dev.berth.core.oci.Digest;
import dev.berth.core.oci.ManifestReader;
import dev.berth.core.oci.RepositoryName;
import dev.berth.core.oci.Tag;
import dev.berth.core.quota.Quotas;
import dev.berth.core.secret.DeploymentSecret;
import dev.berth.local.files.FileObjects;
import dev.berth.local.files.TestKeys;
import dev.berth.local.files.TestLinks;
import dev.berth.local.host.LocalHost;
import dev.berth.local.host.TestHosts;
import dev.berth.local.sqlite.SqliteTable;
import dev.berth.registry.encryption.MemoryKeys;
import dev.berth.registry.image.ImagePush.Push;
import dev.berth.registry.image.Registry;
import dev.berth.registry.lifecycle.ExpirationAudit;
import dev.berth.registry.repository.Repository.Settings;
import dev.berth.registry.service.Services;
import dev.berth.registry.store.Action;
import dev.berth.registry.store.Condition;
import dev.berth.registry.store.Keys;
import dev.berth.registry.store.Table;
import dev.berth.registry.upload.Body;
import dev.berth.registry.upload.PartSizes;
import dev.berth.registry.upload.Uploader;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code ./berth lifecycle run}, with a host and without one. */
class LifecycleRunCommandTest {

  private static final RepositoryName APP = new RepositoryName("app");
  private static final RepositoryName BAD = new RepositoryName("bad");

  private static final LifecyclePolicy KEEP_ONE =
      LifecyclePolicy.parse(
          "{\"rules\":[{\"rulePriority\":7,\"selection\":{\"tagStatus\":\"any\",\"countType\":"
              + "\"imageCountMoreThan\",\"countNumber\":1},\"action\":{\"type\":\"expire\"}}]}");

  @TempDir Path data;

  private record Ran(int status, String out, String err) {}

  private Ran run(String... line) {
    List<String> arguments = new ArrayList<>(List.of(line));
    arguments.addAll(List.of("--data", data.toString()));
    var out = new StringWriter();
    var err = new StringWriter();
    int status =
        BerthCommand.commandLine()
            .setOut(new PrintWriter(out))
            .setErr(new PrintWriter(err))
            .execute(arguments.toArray(String[]::new));
    return new Ran(status, out.toString().strip(), err.toString().strip());
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void whatExpiresIsDeletedToldAndRecordedWithAHostAndWithout(boolean host) throws IOException {
    prepare((services, table) -> {});
    Digest old = Digest.sha256(manifest("old").getBytes(UTF_8));
    Optional<LocalHost> running = host ? Optional.of(TestHosts.start(data)) : Optional.empty();
    try {
      Ran dry = run("lifecycle", "run", "--dry-run");
      assertThat(dry.status).as(dry.err).isZero();
      assertThat(dry.out.lines())
          .hasSize(2)
          .first()
          .asString()
          .startsWith("us-east-1/123456789012/app: " + old + " pushed at ")
          .endsWith(" tags old, would expire by rule 7: images that are younger: 1");
      assertThat(dry.out).endsWith("app: 2 images, 1 would expire (rule 7: 1)");

      Ran ran = run("lifecycle", "run");

      assertThat(ran.status).as(ran.err).isZero();
      assertThat(ran.out).isEqualTo("us-east-1/123456789012/app: 2 images, 1 expired (rule 7: 1)");
      assertThat(run("lifecycle", "run").out)
          .isEqualTo("us-east-1/123456789012/app: 1 images, 0 expired");
    } finally {
      running.ifPresent(LocalHost::close);
    }
    assertThat(run("audit", "--event-name", "PolicyExecutionEvent", "--json").out)
        .contains(old.toString());
    if (!host) {
      // which tells what was deleted without one
      TestHosts.start(data).close();
    }
    String deletions = "{\"detail\":{\"action-type\":[\"DELETE\"]}}";
    assertThat(run("events", "--no-follow", "--pattern", deletions).out.lines().distinct())
        .singleElement()
        .asString()
        .contains(old.toString());
  }

  @Test
  void oneRepositoryThatFailsIsToldAndTheExitCodeAndTheOthersAreDone() throws IOException {
    prepare(
        (services, table) -> {
          services.repositories().create(TestHosts.ACCOUNT, BAD, Settings.defaults(), Map.of());
          push(services, BAD, "x");
          services.lifecyclePolicies().put(TestHosts.ACCOUNT, BAD, KEEP_ONE);
          table.transact(
              Action.update(Keys.lifecyclePolicy(TestHosts.ACCOUNT, "bad"))
                  .set("text", "no policy")
                  .when(Condition.present()));
        });

    Ran ran = run("lifecycle", "run");

    assertThat(ran.status).isEqualTo(1);
    assertThat(ran.out).contains("app: 2 images, 1 expired");
    assertThat(ran.err).startsWith("berth: us-east-1/123456789012/bad failed: ");
  }

  @Test
  void oneRepositoryRegionOrAccountCanBeChosen() throws IOException {
    prepare((services, table) -> {});
    assertThat(run("lifecycle", "run", "--account", "210987654321").out)
        .isEqualTo("no repository is under a lifecycle policy");
    Ran none = run("lifecycle", "run", "--repository", "none");
    assertThat(none.status).isEqualTo(1);
    assertThat(none.out).isEqualTo("none is not under a lifecycle policy");
    Ran elsewhere = run("lifecycle", "run", "--region", "eu-west-1");
    assertThat(elsewhere.status).isEqualTo(1);
    assertThat(elsewhere.err).isEqualTo("berth: there is no region eu-west-1 there");
    assertThat(run("lifecycle", "run", "--region", "moon").status).isEqualTo(2);
    assertThat(run("lifecycle", "run", "--repository", "NO").status).isEqualTo(2);
    assertThat(run("lifecycle", "run", "--repository", "app", "--region", "us-east-1").out)
        .contains("1 expired");
  }

  /** Two images a day apart, and a policy that keeps one. */
  private void prepare(BiConsumer<Services, Table> more) throws IOException {
    Path region = data.resolve("us-east-1");
    Files.createDirectories(region);
    try (var table = SqliteTable.open(region.resolve("table.db"));
        var objects =
            new FileObjects(region.resolve("objects"), TestLinks.signer(), TestKeys.none())) {
      Clock yesterday = Clock.offset(Clock.systemUTC(), Duration.ofDays(-1));
      Services before = services(table, objects, yesterday);
      before.repositories().create(TestHosts.ACCOUNT, APP, Settings.defaults(), Map.of());
      push(before, APP, "old");
      Services services = services(table, objects, Clock.systemUTC());
      push(services, APP, "new");
      services.lifecyclePolicies().put(TestHosts.ACCOUNT, APP, KEEP_ONE);
      more.accept(services, table);
    }
  }

  private static Services services(Table table, FileObjects objects, Clock clock) {
    var secret = new DeploymentSecret(List.of(new DeploymentSecret.Key("k", new byte[32])));
    return Services.over(
        table,
        objects,
        new MemoryKeys(),
        secret,
        PartSizes.defaults(),
        Quotas.standard(),
        new ExpirationAudit(_ -> {}, "us-east-1", clock),
        clock);
  }

  private static void push(Services services, RepositoryName name, String content) {
    var uploader = new Uploader(TestHosts.ACCOUNT, name, "AIDA");
    byte[] layer = content.getBytes(UTF_8);
    services.uploads().uploadWhole(uploader, Digest.sha256(layer), Body.of(layer));
    byte[] bytes = manifest(content).getBytes(UTF_8);
    var manifest = ManifestReader.read(bytes, Optional.empty());
    services
        .push()
        .push(
            TestHosts.ACCOUNT,
            name,
            new Push(bytes, manifest, Algorithm.SHA256, Optional.of(new Tag(content))));
  }

  private static String manifest(String content) {
    Digest layer = Digest.sha256(content.getBytes(UTF_8));
    return Registry.manifest(layer, layer, "");
  }
}
