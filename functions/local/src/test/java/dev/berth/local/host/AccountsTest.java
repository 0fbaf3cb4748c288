package dev.berth.local.host;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.berth.local.host.RootKeys.RootKey;
import dev.berth.local.sqlite.SqliteTable;
import dev.berth.registry.store.Action;
import dev.berth.registry.store.Item;
import dev.berth.registry.store.Key;
import dev.berth.registry.store.Keys;
import dev.berth.registry.store.Table.Consistency;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.ecr.EcrClient;
import software.amazon.awssdk.services.ecr.model.EcrException;
import software.amazon.awssdk.services.iam.IamClient;

/** Accounts that are added to a running host, and accounts that there are not. */
class AccountsTest {

  private static final String REGION = "us-east-1";
  private static final String ADDED = "210987654321";
  private static final String NOBODY = "999999999999";
  private static final String ROLE = "AWSServiceRoleForECRReplication";

  @TempDir Path data;
  private final AtomicLong nanos = new AtomicLong();
  private LocalHost host;

  @BeforeEach
  void start() {
    host = LocalHost.start(TestHosts.settings(data, 0, List.of(), REGION), nanos::get);
  }

  @AfterEach
  void stop() {
    host.close();
  }

  private Endpoint first() {
    return host.endpoints().getFirst();
  }

  private void add() {
    DataDirectory.addAccount(data, ADDED);
    nanos.addAndGet(CurrentRootKeys.PAUSE.toNanos());
  }

  private EcrClient ecr(String account) {
    return EcrClient.builder()
        .endpointOverride(URI.create(first().url()))
        .region(Region.of(REGION))
        .credentialsProvider(credentials(account))
        .build();
  }

  private StaticCredentialsProvider credentials(String account) {
    RootKey key = DataDirectory.readRootKeys(data).byAccount().get(account);
    return StaticCredentialsProvider.create(
        AwsBasicCredentials.create(key.accessKeyId(), key.secretAccessKey()));
  }

  @Test
  void anAddedAccountHasARegistryOfItsOwn() {
    add();
    try (EcrClient added = ecr(ADDED);
        EcrClient other = ecr(TestHosts.ACCOUNT)) {
      var repository = added.createRepository(r -> r.repositoryName("app")).repository();

      assertThat(repository.registryId()).isEqualTo(ADDED);
      assertThat(repository.repositoryUri())
          .isEqualTo(ADDED + ".dkr.ecr.us-east-1." + first().registryHost() + "/app");
      assertThat(other.describeRepositories().repositories()).isEmpty();
    }
  }

  @Test
  void anAddedAccountIsOneOfTheHostsWithinASecond() throws IOException {
    var keys = new CurrentRootKeys(new RootKeyFile(data), nanos::get);
    assertThat(keys.haveAccount(TestHosts.ACCOUNT)).isTrue();
    assertThat(keys.haveAccount(ADDED)).isFalse();
    add();
    assertThat(keys.haveAccount(ADDED)).isTrue();
  }

  @Test
  void itIsServedByItsHostsNameAndNotInTheNameOfAnothers() throws IOException {
    add();
    String token;
    try (EcrClient added = ecr(ADDED)) {
      added.createRepository(r -> r.repositoryName("app"));
      token = added.getAuthorizationToken().authorizationData().getFirst().authorizationToken();
    }
    String tags = "GET /v2/app/tags/list";

    assertThat(send(tags, host(ADDED), token)).startsWith("HTTP/1.1 200 ");
    assertThat(send(tags, first().registryHost(), token)).startsWith("HTTP/1.1 403 ");
    assertThat(send(tags, host(TestHosts.ACCOUNT), token)).startsWith("HTTP/1.1 403 ");
  }

  private static String host(String account) {
    return account + ".dkr.ecr." + REGION + ".example.com";
  }

  @Test
  void fromTheNextStartItHasAPortOfItsOwn() {
    add();
    assertThat(host.accountsWithoutPort()).containsExactly(ADDED);
    host.close();

    start();

    assertThat(host.endpoints())
        .extracting(Endpoint::account)
        .containsExactly(TestHosts.ACCOUNT, ADDED);
    assertThat(host.accountsWithoutPort()).isEmpty();
  }

  @Test
  void aHostThatIsAskedForOneAccountServesTheOthersWithoutAPort() {
    add();
    host.close();
    host = TestHosts.start(data, REGION);

    assertThat(host.endpoints()).extracting(Endpoint::account).containsExactly(TestHosts.ACCOUNT);
    assertThat(host.accountsWithoutPort()).containsExactly(ADDED);
    try (EcrClient added = ecr(ADDED)) {
      assertThat(added.describeRepositories().repositories()).isEmpty();
    }
  }

  @Test
  void theRegistryOfAnAccountThatThereIsNotIsClosedToAll() throws IOException {
    String token;
    try (EcrClient ecr = ecr(TestHosts.ACCOUNT)) {
      assertDenied(() -> ecr.createRepository(r -> r.registryId(NOBODY).repositoryName("app")));
      assertDenied(() -> ecr.describeRepositories(r -> r.registryId(NOBODY)));
      assertDenied(() -> ecr.initiateLayerUpload(r -> r.registryId(NOBODY).repositoryName("app")));
      token = ecr.getAuthorizationToken().authorizationData().getFirst().authorizationToken();
    }
    assertThat(send("POST /v2/app/blobs/uploads/", host(NOBODY), token))
        .startsWith("HTTP/1.1 403 ")
        .contains("DENIED");
    assertThat(send("GET /v2/app/manifests/1", host(NOBODY), token)).startsWith("HTTP/1.1 403 ");
    host.close();
    try (SqliteTable table = table()) {
      for (String partition : List.of(Keys.repositoryList(NOBODY), Keys.identities(NOBODY))) {
        assertThat(table.query(partition, "", Optional.empty(), 1, Consistency.STRONG).entries())
            .isEmpty();
      }
    }
    start();
  }

  private static void assertDenied(Runnable call) {
    assertThatThrownBy(call::run)
        .isInstanceOfSatisfying(
            EcrException.class,
            refusal ->
                assertThat(refusal.awsErrorDetails().errorCode())
                    .isEqualTo("AccessDeniedException"));
  }

  /** Written before there were users and other roles. */
  @Test
  void theRoleForReplicationOfAnEarlierDataDirectoryIsReadStill() {
    host.close();
    try (SqliteTable table = table()) {
      table.transact(
          Action.put(
              Item.at(new Key("P#" + TestHosts.ACCOUNT, "role#" + ROLE))
                  .number("v", 1)
                  .text("account", TestHosts.ACCOUNT)
                  .text("name", ROLE)
                  .text("path", "/aws-service-role/replication.ecr.amazonaws.com/")
                  .text("id", "AROAFORMER")
                  .text("description", "described")
                  .number("createdAt", 12345)
                  .number("version", 4)
                  .text("usedBy:us-east-1", "mark")
                  .build()));
    }
    start();
    try (IamClient iam =
        IamClient.builder()
            .endpointOverride(URI.create(first().url()))
            .region(Region.AWS_GLOBAL)
            .credentialsProvider(credentials(TestHosts.ACCOUNT))
            .build()) {
      assertThat(iam.getRole(r -> r.roleName(ROLE)).role().roleId()).isEqualTo("AROAFORMER");
    }
  }

  private SqliteTable table() {
    return SqliteTable.open(data.resolve(REGION).resolve("table.db"));
  }

  /** By hand, as a client of the JDK does not let its Host be chosen. */
  private String send(String requestLine, String name, String token) throws IOException {
    try (var socket = new Socket("127.0.0.1", URI.create(first().url()).getPort())) {
      String request =
          "%s HTTP/1.1\r\nHost: %s\r\nConnection: close\r\nContent-Length: 0\r\nAuthorization: Basic %s\r\n\r\n"
              .formatted(requestLine, name, token);
      socket.getOutputStream().write(request.getBytes(ISO_8859_1));
      return new String(socket.getInputStream().readAllBytes(), ISO_8859_1);
    }
  }
}
