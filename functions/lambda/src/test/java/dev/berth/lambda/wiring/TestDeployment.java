package dev.berth.lambda.wiring;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.berth.core.audit.AuditRecord;
import dev.berth.core.authz.Principal;
import dev.berth.core.authz.Session;
import dev.berth.core.authz.Session.AssumedRole;
import dev.berth.core.replication.PeerAgreement;
import dev.berth.core.replication.PeerAgreements;
import dev.berth.core.replication.PeerSecret;
import dev.berth.core.replication.PeerSecret.Source;
import dev.berth.core.secret.DeploymentSecret;
import dev.berth.core.secret.DeploymentSecret.Key;
import dev.berth.core.sigv4.AccessKey;
import dev.berth.core.sigv4.TestSigner;
import dev.berth.lambda.NoDownloads;
import dev.berth.lambda.NoPeers;
import dev.berth.lambda.ecr.RegistryHosts;
import dev.berth.lambda.http.Headers;
import dev.berth.lambda.http.RegistryAddress;
import dev.berth.lambda.http.Request;
import dev.berth.lambda.http.Response;
import dev.berth.lambda.http.VpcEndpoint;
import dev.berth.registry.encryption.MemoryKeys;
import dev.berth.registry.identity.Identities;
import dev.berth.registry.identity.Permissions;
import dev.berth.registry.identity.Role;
import dev.berth.registry.identity.User;
import dev.berth.registry.scan.update.FeedUpdates;
import dev.berth.registry.store.MemoryObjects;
import dev.berth.registry.store.MemoryTable;
import dev.berth.registry.upload.LayerDownloads;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * A deployment in memory with two accounts, whose clients call its wires as they do from anywhere:
 * signed, or with a token that they asked for.
 */
final class TestDeployment {

  static final String ACCOUNT = "123456789012";
  static final String OTHER = "111122223333";
  static final Instant NOW = Instant.parse("2015-08-30T12:36:00Z");

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String REGION = "us-east-1";

  private static final Clock CLOCK = Clock.fixed(NOW, ZoneOffset.UTC);
  private static final DeploymentSecret SECRET =
      new DeploymentSecret(List.of(new Key("a", new byte[32])));

  /** A region of the same deployment, and what it shares with this one. */
  static final String SAME_HOST = "eu-west-1";

  static final PeerSecret OWN_SECRET = PeerSecret.of(new byte[32]);

  /** A region of somebody else's deployment, which may replicate as one account. */
  static final String ELSEWHERE = "ap-south-1";

  static final String COVERED = "777777777777";
  static final PeerSecret THEIR_SECRET = PeerSecret.random();

  private final Map<String, AccessKey> keys = new ConcurrentHashMap<>();
  final MemoryTable table = new MemoryTable();
  final List<AuditRecord> audited = new CopyOnWriteArrayList<>();

  /** What fetches layers from now on. */
  volatile LayerDownloads downloads = new NoDownloads();

  final MemoryKeys encryption = new MemoryKeys();
  final MemoryObjects objects = new MemoryObjects(1, encryption);
  final Identities identities =
      new Identities(table, SECRET, id -> Optional.ofNullable(keys.get(id)), CLOCK);
  private final Deployment deployment =
      new Deployment(
          new DeploymentPorts(
              table,
              objects,
              encryption,
              identities,
              events -> Map.of(),
              requests -> {},
              NoPeers::peer,
              audited::add,
              source -> (link, offset, size) -> downloads.open(link, offset, size),
              FeedUpdates.OFF),
          new DeploymentSettings(
              REGION,
              SECRET,
              new Hosts(),
              DeploymentLimits.standard(),
              Optional.empty(),
              DeploymentSettings.ECR_EVENTS,
              false,
              new PeerAgreements(
                  List.of(
                      new PeerAgreement(REGION, true, any -> true, OWN_SECRET),
                      new PeerAgreement(SAME_HOST, true, any -> true, OWN_SECRET),
                      new PeerAgreement(ELSEWHERE, false, COVERED::equals, THEIR_SECRET)))),
          Clocks.of(CLOCK));

  private record Hosts() implements RegistryHosts {

    @Override
    public String host(RegistryAddress registry) {
      return "%s.dkr.ecr.%s.example.com".formatted(registry.account(), registry.region());
    }

    @Override
    public String endpoint(RegistryAddress registry) {
      return "https://" + host(registry);
    }
  }

  Client root(String account) {
    return client(Principal.root(account, "AKIAROOT" + account));
  }

  /** A user with these policies. */
  Client user(String account, String name, String... policies) {
    return user(account, name, permissions(policies));
  }

  Client user(String account, String name, Permissions permissions) {
    var user = User.made(account, "/", name, NOW, permissions, new TreeMap<>());
    identities.users().create(user);
    String key = "AKIA" + account + name.replace("-", "");
    return client(new Principal(account, user.arn(), user.id(), key));
  }

  /** Inline ones. */
  static Permissions permissions(String... policies) {
    Permissions permissions = Permissions.NONE;
    for (int i = 0; i < policies.length; i++) {
      permissions = permissions.withInline("policy-" + i, policies[i]);
    }
    return permissions;
  }

  /** A session of a new role with these permissions. */
  Client session(Permissions permissions, List<String> policies, Map<String, String> tags) {
    var role =
        Role.made(ACCOUNT, "/", "ci", "", NOW, "{}", Role.AN_HOUR, permissions, new TreeMap<>());
    identities.roles().create(role);
    var assumed = new AssumedRole(role.arn(), role.name(), role.id());
    return client(
        new Principal(
            ACCOUNT,
            "arn:aws:sts::%s:assumed-role/ci/run-1".formatted(ACCOUNT),
            role.id() + ":run-1",
            "ASIACI",
            Optional.of(
                new Session(NOW, NOW.plusSeconds(3600), Optional.of(assumed), policies, tags))));
  }

  Client client(Principal principal) {
    var token = principal.session().map(session -> "token");
    var key = new AccessKey(principal.accessKeyId(), TestSigner.KEY.secret(), principal, token);
    keys.put(key.id(), key);
    return client(key);
  }

  private Client client(AccessKey key) {
    return new Client(key, "192.0.2.1", Optional.empty(), Map.of(), ACCOUNT);
  }

  /** Another region's registry that replicates into this deployment. */
  Client peer(String account, String region) {
    identities.serviceLinkedRoles().markReplicating(account, region);
    return peer(OWN_SECRET, account, region);
  }

  /** Somebody else's deployment that replicates as an account, which may not be known here. */
  Client stranger(String account) {
    return peer(THEIR_SECRET, account, ELSEWHERE);
  }

  /** The same, with a secret that may be another one. */
  Client peer(PeerSecret secret, String account, String region) {
    var credentials = secret.credentials(new Source(account, region));
    var session = new Session(NOW, NOW.plusSeconds(1), Optional.empty(), List.of(), Map.of());
    var principal =
        new Principal(
            account, "unknown", "unknown", credentials.accessKeyId(), Optional.of(session));
    return client(
        new AccessKey(
            credentials.accessKeyId(),
            credentials.secretKey(),
            principal,
            Optional.of(credentials.sessionToken())));
  }

  /**
   * Who calls, and from where.
   *
   * @param registry whose host OCI requests are sent to
   */
  final class Client {

    final Principal principal;
    private final AccessKey key;
    private final String address;
    private final Optional<VpcEndpoint> endpoint;
    private final Map<String, String> headers;
    private final String registry;

    private Client(
        AccessKey key,
        String address,
        Optional<VpcEndpoint> endpoint,
        Map<String, String> headers,
        String registry) {
      this.key = key;
      this.principal = key.principal();
      this.address = address;
      this.endpoint = endpoint;
      this.headers = headers;
      this.registry = registry;
    }

    Client from(String otherAddress) {
      return new Client(key, otherAddress, endpoint, headers, registry);
    }

    Client through(String vpcEndpoint, String vpc) {
      var through = Optional.of(new VpcEndpoint(vpcEndpoint, Optional.of(vpc)));
      return new Client(key, address, through, headers, registry);
    }

    Client with(String header, String value) {
      var more = new HashMap<>(headers);
      more.put(header, value);
      return new Client(key, address, endpoint, more, registry);
    }

    /** Calls an operation of ECR. */
    Answer call(String operation, String body) {
      return send(
          new TestSigner(key.id())
              .header("x-amz-target", "AmazonEC2ContainerRegistry_V20150921." + operation)
              .body(body.replace('\'', '"').getBytes(UTF_8)));
    }

    /** Calls an action of IAM or STS. */
    Answer query(String service, String form) {
      return send(
          new TestSigner(key.id())
              .scopedTo(service)
              .without("x-amz-target")
              .header("content-type", "application/x-www-form-urlencoded")
              .body(form.getBytes(UTF_8)));
    }

    private Answer send(TestSigner signer) {
      signer.secret(key.secret());
      key.sessionToken().ifPresent(token -> signer.header("x-amz-security-token", token));
      var signed = signer.sign();
      var all = new TreeMap<>(signed.headers());
      headers.forEach((name, value) -> all.put(name.toLowerCase(Locale.ROOT), List.of(value)));
      return answer(
          new Request(
              "POST",
              "/",
              "",
              "ecr.us-east-1.amazonaws.com",
              new RegistryAddress(ACCOUNT, REGION),
              new Headers(all),
              new ByteArrayInputStream(signed.body()),
              OptionalLong.of(signed.body().length),
              address,
              true,
              "request-1",
              endpoint),
          true);
    }

    Answer set(String repository, String policy) {
      return call(
          "SetRepositoryPolicy",
          JSON.createObjectNode()
              .put("repositoryName", repository)
              .put("policyText", policy)
              .put("force", true)
              .toString());
    }

    private String token() {
      byte[] credential =
          Base64.getDecoder()
              .decode(
                  new Client(key, "192.0.2.1", Optional.empty(), Map.of(), registry)
                      .call("GetAuthorizationToken", "{}")
                      .is(200)
                      .json()
                      .at("/authorizationData/0/authorizationToken")
                      .asText());
      return "Basic " + Base64.getEncoder().encodeToString(credential);
    }

    Answer get(String path) {
      return send("GET", path, "");
    }

    /** Sends a request to the account's registry, logged in. */
    Answer send(String method, String pathAndQuery, String body) {
      String[] target = pathAndQuery.split("\\?", 2);
      var fields = new HashMap<String, List<String>>();
      fields.put("Authorization", List.of(token()));
      headers.forEach((name, value) -> fields.put(name, List.of(value)));
      byte[] bytes = body.getBytes(UTF_8);
      return answer(
          new Request(
              method,
              target[0],
              target.length > 1 ? target[1] : "",
              registry + ".dkr.ecr.us-east-1.example.com",
              new RegistryAddress(registry, REGION),
              new Headers(fields),
              new ByteArrayInputStream(bytes),
              OptionalLong.of(bytes.length),
              address,
              true,
              "request-1",
              endpoint),
          false);
    }
  }

  private Answer answer(Request request, boolean api) {
    try {
      return new Answer((api ? deployment.api() : deployment.oci()).handle(request));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  record Answer(Response response) {

    String text() {
      return response.body() instanceof Response.Body.Bytes(byte[] bytes)
          ? new String(bytes, UTF_8)
          : "";
    }

    JsonNode json() {
      try {
        return JSON.readTree(text());
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    Answer is(int status) {
      assertThat(response.status()).describedAs(text()).isEqualTo(status);
      return this;
    }

    /** By either wire, for want of a permission. */
    void isDenied(String why) {
      JsonNode json = json();
      boolean oci = json.has("errors");
      assertThat(json.at(oci ? "/errors/0/code" : "/__type").asText())
          .describedAs(text())
          .isEqualTo(oci ? "DENIED" : "AccessDeniedException");
      assertThat(json.at(oci ? "/errors/0/message" : "/message").asText()).endsWith(why);
      assertThat(response.status()).isEqualTo(oci ? 403 : 400);
    }

    /** Whatever else comes of it. */
    void isAllowed() {
      assertThat(text()).doesNotContain("is not authorized to perform");
      assertThat(response.status()).isNotIn(401, 403, 500);
    }
  }
}
