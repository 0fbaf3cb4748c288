package dev.berth.local.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.core.oci.Digest;
import dev.berth.core.oci.RepositoryName;
import dev.berth.core.quota.Quotas;
import dev.berth.core.secret.DeploymentSecret;
import dev.berth.local.files.FileObjects;
import dev.berth.local.files.TestKeys;
import dev.berth.local.files.TestLinks;
import dev.berth.local.host.TestHosts;
import dev.berth.local.sqlite.SqliteTable;
import dev.berth.registry.encryption.MemoryKeys;
import dev.berth.registry.lifecycle.ExpirationAudit;
import dev.berth.registry.repository.Repository.Settings;
import dev.berth.registry.service.Services;
import dev.berth.registry.upload.Body;
import dev.berth.registry.upload.PartSizes;
import dev.berth.registry.upload.Uploader;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code ./berth gc} and {@code ./berth fsck}, with a host and without one. */
class GcCommandTest {

  private static final byte[] LAYER = "a layer that no image names".getBytes(UTF_8);
  private static final RepositoryName APP = new RepositoryName("app");

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

  /** A layer that was pushed a moment ago, and no image. */
  private void pushLayer() throws IOException {
    Path region = data.resolve("us-east-1");
    Files.createDirectories(region);
    try (var table = SqliteTable.open(region.resolve("table.db"));
        var objects =
            new FileObjects(region.resolve("objects"), TestLinks.signer(), TestKeys.none())) {
      var secret = new DeploymentSecret(List.of(new DeploymentSecret.Key("k", new byte[32])));
      var services =
          Services.over(
              table,
              objects,
              new MemoryKeys(),
              secret,
              PartSizes.defaults(),
              Quotas.standard(),
              new ExpirationAudit(_ -> {}, "us-east-1", Clock.systemUTC()),
              Clock.systemUTC());
      services.repositories().create(TestHosts.ACCOUNT, APP, Settings.defaults(), Map.of());
      var uploader = new Uploader(TestHosts.ACCOUNT, APP, "AIDA");
      services.uploads().uploadWhole(uploader, Digest.sha256(LAYER), Body.of(LAYER));
    }
  }

  @Test
  void withoutAHostAllIsFreedAtOnce() throws IOException {
    pushLayer();
    String freed = LAYER.length + " bytes: 1 links, 1 blobs, 0 objects";

    assertThat(run("gc", "--dry-run").out).isEqualTo("us-east-1: would free " + freed);
    assertThat(objects()).isEqualTo(1);
    assertThat(run("gc").out).isEqualTo("us-east-1: freed " + freed);
    assertThat(objects()).isZero();
    assertThat(run("gc").out).startsWith("us-east-1: freed 0 bytes");
    assertThat(run("fsck").out).isEqualTo("no faults");
  }

  @Test
  void aHostThatRunsIsAskedAndKeepsWhatClientsMayRelyOn() throws IOException {
    pushLayer();
    try (var host = TestHosts.start(data)) {
      assertThat(host.endpoints()).isNotEmpty();
      Ran ran = run("gc");
      assertThat(ran.status).as(ran.err).isZero();
      assertThat(ran.out).isEqualTo("us-east-1: freed 0 bytes: 0 links, 0 blobs, 0 objects");
      assertThat(run("gc", "--dry-run").out).startsWith("us-east-1: would free 0 bytes");
    }
    assertThat(objects()).isEqualTo(1);
    assertThat(run("gc").out).startsWith("us-east-1: freed " + LAYER.length + " bytes");
  }

  @Test
  void aHostThatRunsKeepsTheCheckAway() {
    try (var host = TestHosts.start(data)) {
      assertThat(host.endpoints()).isNotEmpty();
      Ran ran = run("fsck");
      assertThat(ran.status).isEqualTo(1);
      assertThat(ran.err).startsWith("berth: a host uses " + data);
    }
    assertThat(run("fsck").status).isZero();
  }

  @Test
  void aFaultIsToldInALineAndByTheExitCode() throws IOException {
    pushLayer();
    try (Stream<Path> files = objectFiles()) {
      Files.delete(files.findFirst().orElseThrow());
    }
    Ran ran = run("fsck", "--repair");
    assertThat(ran.status).isEqualTo(1);
    assertThat(ran.out.lines()).hasSize(2).last().isEqualTo("1 fault");
    assertThat(ran.out).startsWith("us-east-1: blob ").contains("is missing");
  }

  @Test
  void aDirectoryThatIsNotThereIsNotMade() {
    Path absent = data.resolve("absent");
    var err = new StringWriter();
    for (String command : List.of("gc", "fsck")) {
      int status =
          BerthCommand.commandLine()
              .setErr(new PrintWriter(err))
              .execute(command, "--data", absent.toString());
      assertThat(status).isEqualTo(1);
    }
    assertThat(err.toString().lines())
        .hasSize(2)
        .allMatch(it -> it.startsWith("berth: there is no"));
    assertThat(absent).doesNotExist();
  }

  private long objects() throws IOException {
    try (Stream<Path> files = objectFiles()) {
      return files.count();
    }
  }

  private Stream<Path> objectFiles() throws IOException {
    return Files.walk(data.resolve("us-east-1/objects/objects")).filter(Files::isRegularFile);
  }
}
