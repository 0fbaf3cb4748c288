package dev.berth.local.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4FamilyHttpSigner;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4FamilyHttpSigner.AuthLocation;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4HttpSigner;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.sts.StsClient;

/**
 * Principals of AWS log in by tokens of the AWS SDK's signer and of the AWS CLI, up to the STS that
 * the environment names, {@code BERTH_TEST_STS_URL} with the SDK's own credentials, else to
 * moto_server. Skipped where there is neither.
 */
class AwsLoginIT {

  private static final String REGION = "us-east-1";
  private static final Duration START = Duration.ofSeconds(60);

  @TempDir Path data;
  private final List<AutoCloseable> opened = new ArrayList<>();
  private String sts;
  private AwsCredentials credentials;

  @BeforeEach
  void findSts() throws Exception {
    Optional<String> url = Optional.ofNullable(System.getenv("BERTH_TEST_STS_URL"));
    if (url.isPresent()) {
      sts = url.get();
      try (var provider = DefaultCredentialsProvider.builder().build()) {
        credentials = provider.resolveCredentials();
      }
    } else {
      assumeTrue(isInstalled("moto_server"), "no BERTH_TEST_STS_URL and no moto_server");
      sts = new MotoDoor(startMoto()).url();
      credentials = AwsBasicCredentials.create("AKIAEXAMPLEEXAMPLE12", "secret");
    }
  }

  @AfterEach
  void close() {
    Closing.all(opened.reversed());
  }

  private static boolean isInstalled(String program) {
    return Stream.of(System.getenv("PATH").split(File.pathSeparator))
        .anyMatch(directory -> Files.isExecutable(Path.of(directory, program)));
  }

  private URI startMoto() throws Exception {
    int port;
    try (var free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = free.getLocalPort();
    }
    Process moto =
        new ProcessBuilder("moto_server", "-H", "127.0.0.1", "-p", Integer.toString(port))
            .redirectErrorStream(true)
            .redirectOutput(data.resolve("moto.log").toFile())
            .start();
    opened.add(
        () -> {
          moto.descendants().forEach(ProcessHandle::destroy);
          moto.destroy();
          moto.waitFor();
        });
    awaitPort(moto, port);
    return URI.create("http://127.0.0.1:" + port);
  }

  private static void awaitPort(Process process, int port) throws InterruptedException {
    long end = System.nanoTime() + START.toNanos();
    while (System.nanoTime() < end && process.isAlive()) {
      if (answers(port)) {
        return;
      }
      process.waitFor(100, TimeUnit.MILLISECONDS);
    }
    throw new AssertionError("moto_server did not begin to listen");
  }

  private static boolean answers(int port) {
    try (var socket = new Socket()) {
      socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
      return true;
    } catch (IOException notYet) {
      return false;
    }
  }

  /**
   * moto_server finds the service of a request by its Authorization header, and takes a presigned
   * one to be S3's; so that header is made here of the presigned request's credential.
   */
  private final class MotoDoor {
    private static final Pattern CREDENTIAL = Pattern.compile("X-Amz-Credential=([^&]+)");

    private final URI moto;
    private final HttpServer server;

    MotoDoor(URI moto) throws IOException {
      this.moto = moto;
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
      server.createContext("/", this::pass);
      server.start();
      opened.add(() -> server.stop(0));
    }

    String url() {
      return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    private void pass(HttpExchange exchange) throws IOException {
      HttpRequest.Builder request =
          HttpRequest.newBuilder(moto.resolve(exchange.getRequestURI()))
              .method(
                  exchange.getRequestMethod(),
                  HttpRequest.BodyPublishers.ofByteArray(exchange.getRequestBody().readAllBytes()));
      authorization(exchange).ifPresent(value -> request.header("Authorization", value));
      Optional.ofNullable(exchange.getRequestHeaders().getFirst("Content-Type"))
          .ifPresent(type -> request.header("Content-Type", type));
      try (var client = HttpClient.newHttpClient()) {
        HttpResponse<byte[]> answer = client.send(request.build(), BodyHandlers.ofByteArray());
        exchange.sendResponseHeaders(answer.statusCode(), answer.body().length);
        exchange.getResponseBody().write(answer.body());
      } catch (InterruptedException e) {
        throw new IOException(e);
      } finally {
        exchange.close();
      }
    }

    private Optional<String> authorization(HttpExchange exchange) {
      String query = Optional.ofNullable(exchange.getRequestURI().getRawQuery()).orElse("");
      Matcher presigned = CREDENTIAL.matcher(query);
      return presigned.find()
          ? Optional.of(
              "AWS4-HMAC-SHA256 Credential=%s, SignedHeaders=host, Signature=0"
                  .formatted(presigned.group(1).replace("%2F", "/")))
          : Optional.ofNullable(exchange.getRequestHeaders().getFirst("Authorization"));
    }
  }

  /** Whoever has the credentials, as STS itself says. */
  private String caller() {
    try (var client =
        StsClient.builder()
            .endpointOverride(URI.create(sts))
            .region(Region.of(REGION))
            .credentialsProvider(StaticCredentialsProvider.create(credentials))
            .build()) {
      return client.getCallerIdentity().arn();
    }
  }

  private String token(String audience) {
    var request =
        SdkHttpRequest.builder()
            .method(SdkHttpMethod.GET)
            .uri(URI.create(sts + "/"))
            .putRawQueryParameter("Action", "GetCallerIdentity")
            .putRawQueryParameter("Version", "2011-06-15")
            .putHeader("x-k8s-aws-id", audience)
            .build();
    URI url =
        AwsV4HttpSigner.create()
            .sign(
                r ->
                    r.identity(credentials)
                        .request(request)
                        .putProperty(AwsV4FamilyHttpSigner.SERVICE_SIGNING_NAME, "sts")
                        .putProperty(AwsV4HttpSigner.REGION_NAME, REGION)
                        .putProperty(AwsV4FamilyHttpSigner.AUTH_LOCATION, AuthLocation.QUERY_STRING)
                        .putProperty(
                            AwsV4FamilyHttpSigner.EXPIRATION_DURATION, Duration.ofSeconds(60)))
            .request()
            .getUri();
    return "k8s-aws-v1."
        + Base64.getUrlEncoder()
            .withoutPadding()
            .encodeToString(url.toString().getBytes(StandardCharsets.UTF_8));
  }

  private void assertLogsIn(Endpoint endpoint, String token) {
    HttpResponse<String> login = AwsLoginHosts.logIn(endpoint, token);
    assertThat(login.statusCode()).as(login.body()).isEqualTo(200);
    assertThat(AwsLoginHosts.ping(endpoint, login.body())).isEqualTo(200);
    assertThat(AwsLoginHosts.logIn(endpoint, token).statusCode()).isEqualTo(403);
  }

  @Test
  void aTokenOfTheSdksSignerLogsIn() {
    try (LocalHost host = AwsLoginHosts.start(data.resolve("host"), caller(), sts, REGION)) {
      assertLogsIn(host.endpoints().getFirst(), token("localhost"));
    }
  }

  @Test
  void aTokenOfTheAwsCliLogsIn() throws Exception {
    assumeTrue(isInstalled("aws"), "no AWS CLI on the PATH");
    try (LocalHost host = AwsLoginHosts.start(data.resolve("host"), caller(), sts, REGION)) {
      var command =
          new ProcessBuilder(
              "aws",
              "eks",
              "get-token",
              "--cluster-name",
              "localhost",
              "--output",
              "text",
              "--query",
              "status.token");
      command.environment().put("AWS_ENDPOINT_URL_STS", sts);
      command.environment().put("AWS_DEFAULT_REGION", REGION);
      command.environment().put("AWS_ACCESS_KEY_ID", credentials.accessKeyId());
      command.environment().put("AWS_SECRET_ACCESS_KEY", credentials.secretAccessKey());
      Process aws = command.redirectError(ProcessBuilder.Redirect.INHERIT).start();
      String token = new String(aws.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      assertThat(aws.waitFor()).isZero();

      assertLogsIn(host.endpoints().getFirst(), token);
    }
  }
}
