package dev.berth.local.host;

import dev.berth.local.sqlite.SqliteTable;
import dev.berth.registry.identity.Identities;
import dev.berth.registry.identity.Permissions;
import dev.berth.registry.identity.Role;
import dev.berth.registry.login.AwsLoginSettings;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Base64;
import java.util.Optional;
import java.util.TreeMap;

/** Hosts to which principals of AWS log in as the role {@code ci}, and their exchanges. */
final class AwsLoginHosts {

  private AwsLoginHosts() {}

  /**
   * @param principal the ARN of who may log in
   * @param sts where STS is asked
   */
  static LocalHost start(Path data, String principal, String sts, String... regions) {
    createRole(data, regions[0]);
    HostSettings plain = TestHosts.settings(data, 0, regions);
    var awsLogin =
        AwsLoginSettings.parse(
            """
            [{"principal": "%s", "role": "arn:aws:iam::123456789012:role/ci"}]
            """
                .formatted(principal),
            Optional.of(sts),
            Optional.empty());
    return LocalHost.start(
        new HostSettings(
            plain.address(),
            plain.port(),
            plain.data(),
            plain.regions(),
            plain.accounts(),
            plain.registryHost(),
            plain.tls(),
            plain.rootKey(),
            plain.stores(),
            plain.limits(),
            plain.auditDays(),
            Optional.of(awsLogin),
            plain.rules(),
            plain.pullEvents(),
            plain.dailyFeeds(),
            plain.clock(),
            plain.peers()));
  }

  /** In the home region's table, before anybody serves it. */
  private static void createRole(Path data, String home) {
    try (var directory = DataDirectory.open(data);
        var table = SqliteTable.open(directory.region(home).resolve("table.db"))) {
      var identities =
          new Identities(table, directory.secret(), id -> Optional.empty(), Clock.systemUTC());
      identities
          .roles()
          .create(
              Role.made(
                  TestHosts.ACCOUNT,
                  "/",
                  "ci",
                  "",
                  Clock.systemUTC().instant(),
                  "{}",
                  Role.AN_HOUR,
                  Permissions.NONE.attach("arn:aws:iam::aws:policy/AdministratorAccess"),
                  new TreeMap<>()));
    }
  }

  static HttpResponse<String> logIn(Endpoint endpoint, String token) {
    return send(
        HttpRequest.newBuilder(URI.create(endpoint.url() + "/aws-login"))
            .header("Accept", "text/plain")
            .POST(BodyPublishers.ofString(token))
            .build());
  }

  /** As docker does when it logs in. */
  static int ping(Endpoint endpoint, String password) {
    byte[] credentials = ("AWS:" + password).getBytes(StandardCharsets.UTF_8);
    return send(HttpRequest.newBuilder(URI.create(endpoint.url() + "/v2/"))
            .header("Authorization", "Basic " + Base64.getEncoder().encodeToString(credentials))
            .build())
        .statusCode();
  }

  private static HttpResponse<String> send(HttpRequest request) {
    try (var client = HttpClient.newHttpClient()) {
      return client.send(request, BodyHandlers.ofString());
    } catch (IOException | InterruptedException e) {
      throw new AssertionError(e);
    }
  }
}
