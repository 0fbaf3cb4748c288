package dev.berth.local.host;

import static dev.berth.local.host.ReplicatingHost.ACCOUNT;
import static dev.berth.local.host.ReplicatingHost.EAST;
import static dev.berth.local.host.ReplicatingHost.OTHER;
import static dev.berth.local.host.ReplicatingHost.destination;
import static dev.berth.local.host.ReplicatingHost.layer;
import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.core.oci.Digest;
import dev.berth.events.ReplicationAction;
import dev.berth.local.audit.AuditQuery;
import dev.berth.local.audit.AuditReader;
import dev.berth.local.host.HostSettings.TlsFiles;
import dev.berth.local.http.SelfSigned;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Two hosts that know of each other by their agreements alone: one in us-east-1 with an account,
 * and one in eu-west-1 with TLS, that account and another one.
 */
@Timeout(180)
class PeerHostsTest {

  private static final String EUROPE = "eu-west-1";
  private static final Optional<String> LATEST = Optional.of("latest");

  /** Of the other account's registry in Europe. */
  private static final String POLICY =
      """
      {"Version":"2012-10-17","Statement":[{"Sid":"replication","Effect":"Allow",\
      "Principal":{"AWS":"arn:aws:iam::111122223333:root"},\
      "Action":["ecr:CreateRepository","ecr:ReplicateImage"],\
      "Resource":["arn:aws:ecr:eu-west-1:444455556666:repository/*"]}]}\
      """;

  @TempDir Path directory;
  private SelfSigned certificate;
  private int eastPort;
  private int europePort;

  @BeforeEach
  void prepare() throws Exception {
    certificate = SelfSigned.in(directory);
    PeerFiles.createSecret(directory.resolve("secret"));
    PeerFiles.createSecret(directory.resolve("other-secret"));
    Files.createDirectories(directory.resolve(EAST));
    Files.createDirectories(directory.resolve(EUROPE));
    eastPort = freePort();
    europePort = freePort();
  }

  private static int freePort() throws IOException {
    try (var free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return free.getLocalPort();
    }
  }

  private ReplicatingHost east() throws Exception {
    Path peers =
        write(
            "east.json",
            """
            [{"region": "eu-west-1", "endpoint": "https://localhost:%d", "accounts": [],
              "secret": "secret", "certificate": "%s"}]\
            """
                .formatted(europePort, certificate.certificate().getFileName()));
    return new ReplicatingHost(
        directory.resolve(EAST),
        settings -> with(settings, EAST, eastPort, List.of(ACCOUNT), Optional.empty(), peers),
        Optional.empty());
  }

  private ReplicatingHost europe(String account, String secret) throws Exception {
    return europe(europePort, List.of(ACCOUNT), account, secret);
  }

  /**
   * @param account that the host in us-east-1 may replicate as
   */
  private ReplicatingHost europe(int port, List<String> accounts, String account, String secret)
      throws Exception {
    Path peers =
        write(
            "europe.json",
            """
            [{"region": "us-east-1", "endpoint": "http://localhost:%d", "accounts": ["%s"],
              "secret": "%s"}]\
            """
                .formatted(eastPort, account, secret));
    var tls = Optional.of(new TlsFiles(certificate.certificate(), certificate.key()));
    return new ReplicatingHost(
        directory.resolve(EUROPE),
        settings -> with(settings, EUROPE, port, accounts, tls, peers),
        Optional.of(certificate));
  }

  private Path write(String name, String content) throws IOException {
    return Files.writeString(directory.resolve(name), content);
  }

  private static HostSettings with(
      HostSettings plain,
      String region,
      int port,
      List<String> accounts,
      Optional<TlsFiles> tls,
      Path peers) {
    return new HostSettings(
        plain.address(),
        port,
        plain.data(),
        List.of(region),
        accounts,
        plain.registryHost(),
        tls,
        plain.rootKey(),
        plain.stores(),
        plain.limits(),
        plain.auditDays(),
        plain.awsLogin(),
        plain.rules(),
        plain.pullEvents(),
        plain.dailyFeeds(),
        plain.clock(),
        PeerFiles.read(peers));
  }

  @Test
  void anImageGoesToTheSameAccountOfTheOtherHost() throws Exception {
    try (var europe = europe(ACCOUNT, "secret");
        var east = east()) {
      byte[] large = new byte[7 << 20];
      new Random(1).nextBytes(large);

      Digest image = pushed(east, ACCOUNT, layer("config"), large);

      ReplicationAction event = europe.event();
      assertThat(event.result()).isEqualTo("SUCCESS");
      assertThat(event.sourceRegion()).isEqualTo(EAST);
      assertThat(event.envelope().region()).isEqualTo(EUROPE);
      assertThat(east.ended(EAST, "team/app", image))
          .containsExactly("eu-west-1 111122223333 COMPLETE -");
      assertThat(Digest.sha256(europe.pull(ACCOUNT, EUROPE, "team/app/manifests/latest").body()))
          .isEqualTo(image);
      assertThat(europe.pull(ACCOUNT, EUROPE, "team/app/blobs/" + Digest.sha256(large)).body())
          .isEqualTo(large);
    }
  }

  @Test
  void anotherAccountOfTheOtherHostHasToGrantIt() throws Exception {
    try (var europe = europe(0, List.of(ACCOUNT, OTHER), ACCOUNT, "secret")) {
      europePort = URI.create(europe.endpoint(ACCOUNT, EUROPE).url()).getPort();
      try (var east = east()) {
        Digest image = pushed(east, OTHER, layer("one"));
        assertFailed(east, image, OTHER, "AccessDeniedException");

        europe.ecr(OTHER, EUROPE).putRegistryPolicy(r -> r.policyText(POLICY));
        redrive();

        assertThat(europe.event().result()).isEqualTo("SUCCESS");
        assertThat(east.ended(EAST, "team/app", image))
            .containsExactly("eu-west-1 444455556666 COMPLETE -");
        assertThat(europe.pull(OTHER, EUROPE, "team/app/manifests/" + image).statusCode())
            .isEqualTo(200);
      }
    }
  }

  @Test
  void anAccountThatTheAgreementDoesNotCoverIsDeniedAndRecorded() throws Exception {
    try (var europe = europe(OTHER, "secret");
        var east = east()) {
      Digest image = pushed(east, ACCOUNT, layer("one"));

      assertFailed(east, image, ACCOUNT, "AccessDeniedException");
      assertThat(audited(directory.resolve(EUROPE)))
          .contains(
              "\"eventName\":\"ReplicateImage\"",
              "because the agreement with us-east-1 does not cover the account 111122223333");
      assertThat(letter()).contains("does not cover the account 111122223333");
      assertThat(europe.ecr(ACCOUNT, EUROPE).describeRepositories().repositories()).isEmpty();
    }
  }

  @Test
  void withAnotherSecretNothingArrivesUntilItIsTheSameAndRedriven() throws Exception {
    try (var east = east()) {
      Digest image;
      try (var europe = europe(ACCOUNT, "other-secret")) {
        image = pushed(east, ACCOUNT, layer("one"));
        assertFailed(east, image, ACCOUNT, "UnrecognizedClientException");
        assertThat(letter()).doesNotContain(Files.readString(directory.resolve("secret")).strip());
        assertThat(europe.ecr(ACCOUNT, EUROPE).describeRepositories().repositories()).isEmpty();
      }
      try (var europe = europe(ACCOUNT, "secret")) {
        redrive();

        assertThat(europe.event().result()).isEqualTo("SUCCESS");
        assertThat(east.ended(EAST, "team/app", image))
            .containsExactly("eu-west-1 111122223333 COMPLETE -");
      }
    }
  }

  @Test
  void aHostThatIsDownIsTriedAgain() throws Exception {
    try (var east = east()) {
      Digest image = pushed(east, ACCOUNT, layer("one"));
      while (east.statuses(EAST, "team/app", image).isEmpty()) {
        Thread.onSpinWait();
      }

      try (var europe = europe(ACCOUNT, "secret")) {
        assertThat(europe.event().result()).isEqualTo("SUCCESS");
        assertThat(east.ended(EAST, "team/app", image))
            .containsExactly("eu-west-1 111122223333 COMPLETE -");
      }
    }
  }

  /** With a rule for an account of the host in Europe. */
  private static Digest pushed(ReplicatingHost east, String to, byte[]... layers) {
    east.ecr(ACCOUNT, EAST).createRepository(r -> r.repositoryName("team/app"));
    east.replicate(EAST, destination(to, EUROPE));
    return east.push(EAST, "team/app", LATEST, layers);
  }

  private static void assertFailed(ReplicatingHost east, Digest image, String account, String code)
      throws InterruptedException {
    ReplicationAction failure = east.event();
    assertThat(failure.result()).isEqualTo("FAILURE");
    assertThat(failure.envelope().resources())
        .containsExactly("arn:aws:ecr:eu-west-1:%s:repository/team/app".formatted(account));
    assertThat(east.ended(EAST, "team/app", image))
        .containsExactly("eu-west-1 %s FAILED %s".formatted(account, code));
  }

  /** The letter is written a moment after the failure is told. */
  private void redrive() {
    long redriven = 0;
    while (redriven == 0) {
      redriven =
          new Maintenance(directory.resolve(EAST))
              .redrive(Optional.of("us-east-1/replication-attempt")).stream()
                  .mapToLong(Redriven::events)
                  .sum();
    }
  }

  /** The first dead letter, waited for. */
  private String letter() throws IOException {
    Path letters = directory.resolve(EAST + "/dead-letters");
    while (true) {
      if (Files.exists(letters)) {
        try (var files = Files.walk(letters)) {
          Optional<Path> letter = files.filter(PeerHostsTest::hasContent).findFirst();
          if (letter.isPresent()) {
            return Files.readString(letter.get());
          }
        }
      }
      Thread.onSpinWait();
    }
  }

  private static boolean hasContent(Path path) {
    return Files.isRegularFile(path) && path.toFile().length() > 0;
  }

  /** The record of the call, waited for. */
  private static String audited(Path host) throws IOException {
    var query =
        new AuditQuery(
            Optional.of("ReplicateImage"), Optional.empty(), Optional.empty(), Optional.empty());
    List<String> lines = new ArrayList<>();
    while (lines.isEmpty()) {
      new AuditReader(DataDirectory.audit(host)).find(query, (line, event) -> lines.add(line));
    }
    return lines.getFirst();
  }
}
