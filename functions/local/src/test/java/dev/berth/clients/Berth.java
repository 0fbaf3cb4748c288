package dev.berth.clients;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.ecr.EcrClient;

/** {@code ./berth up}, with the launcher that the system property {@code berth.launcher} names. */
final class Berth implements RegistryUnderTest {

  static final String ACCOUNT = "123456789012";

  /** How many a test may ask for by an option: each has a port of its own. */
  private static final int REGIONS = 3;

  private static final Pattern EXPORT = Pattern.compile("(?m)^export (\\w+)=['\"]?([^'\"\n]*)");

  private final String host;
  private final RegistryProcess process;
  private final Map<String, String> environment;
  private final EcrClient ecr;
  private final String password;

  private Berth(String host, RegistryProcess process, Map<String, String> environment) {
    this.host = host;
    this.process = process;
    this.environment = environment;
    this.ecr = client(environment);
    this.password = passwordFrom(ecr);
  }

  static Berth in(Path directory) {
    return in(directory, Map.of());
  }

  /**
   * @param environment of the process, on top of this one's
   * @param options on top of those that every test needs
   */
  static Berth in(Path directory, Map<String, String> environment, String... options) {
    String launcher = launcher();
    Path data = directory.resolve("data");
    int port = RegistryProcess.freePorts(REGIONS);
    var up =
        new ArrayList<>(
            List.of(
                launcher, "up", "--port", "" + port, "--data", "" + data, "--account", ACCOUNT));
    up.addAll(List.of(options));
    String ready = "ready http://localhost:" + port;
    var process =
        new RegistryProcess(
            log(directory),
            environment,
            up,
            daemon -> daemon.log().lines().anyMatch(ready::equals));
    try {
      return new Berth("localhost:" + port, process, exports(directory, launcher, data));
    } catch (RuntimeException | Error e) {
      process.close();
      throw e;
    }
  }

  /** Skips the test where this is not a whole clone. */
  static String launcher() {
    Path launcher = Path.of(System.getProperty("berth.launcher", "../../berth")).normalize();
    assumeTrue(Files.isExecutable(launcher), () -> "no launcher at " + launcher);
    return launcher.toAbsolutePath().toString();
  }

  private static Path log(Path directory) {
    try {
      return Files.createDirectories(directory).resolve("berth.log");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What {@code ./berth env} exports for a data directory. */
  static Map<String, String> exports(
      Path directory, String launcher, Path data, String... options) {
    var words = new ArrayList<Object>(List.of(launcher, "env", "--data", data));
    words.addAll(List.of(options));
    String lines = Command.in(directory, words.toArray()).quietly().run();
    return EXPORT
        .matcher(lines)
        .results()
        .collect(Collectors.toUnmodifiableMap(match -> match.group(1), match -> match.group(2)));
  }

  private static EcrClient client(Map<String, String> environment) {
    var key =
        AwsBasicCredentials.create(
            environment.get("AWS_ACCESS_KEY_ID"), environment.get("AWS_SECRET_ACCESS_KEY"));
    return EcrClient.builder()
        .endpointOverride(URI.create(environment.get("AWS_ENDPOINT_URL_ECR")))
        .region(Region.of(environment.get("AWS_REGION")))
        .credentialsProvider(StaticCredentialsProvider.create(key))
        .build();
  }

  private static String passwordFrom(EcrClient ecr) {
    String token = ecr.getAuthorizationToken().authorizationData().getFirst().authorizationToken();
    String pair = new String(Base64.getDecoder().decode(token), UTF_8);
    return pair.substring(pair.indexOf(':') + 1);
  }

  @Override
  public String host() {
    return host;
  }

  @Override
  public String password() {
    return password;
  }

  @Override
  public void createRepository(String name) {
    ecr.createRepository(request -> request.repositoryName(name));
  }

  @Override
  public Optional<Map<String, String>> awsEnvironment() {
    return Optional.of(environment);
  }

  @Override
  public void kill() {
    process.kill();
  }

  @Override
  public void startAgain() {
    process.start();
  }

  @Override
  public void close() {
    ecr.close();
    process.close();
  }
}
