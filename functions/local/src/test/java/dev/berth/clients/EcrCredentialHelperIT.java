package dev.berth.clients;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Clients that are configured for Amazon ECR and know of no other endpoint. */
class EcrCredentialHelperIT {

  private static final int HTTPS = 443;

  @TempDir Path home;
  private final List<AutoCloseable> running = new ArrayList<>();
  private EcrHost host;
  private Map<String, String> environment;

  @BeforeEach
  void start() throws IOException {
    Programs.assumeInstalled("docker-credential-ecr-login", "aws");
    EcrHost.assumePossible();
    String launcher = Berth.launcher();
    host = EcrHost.in(home);
    running.add(host);
    Path data = home.resolve("data");
    running.add(
        new RegistryProcess(
            home.resolve("berth.log"),
            Map.of(),
            words(
                launcher,
                "up",
                "--port",
                HTTPS,
                "--data",
                data,
                "--account",
                Berth.ACCOUNT,
                "--registry-host",
                "{account}.dkr.ecr.{region}.amazonaws.com",
                "--tls-cert",
                host.certificate(),
                "--tls-key",
                host.key()),
            daemon -> daemon.log().contains("ready https://")));
    environment = new TreeMap<>(Berth.exports(home, launcher, data));
    environment.remove("AWS_ENDPOINT_URL_ECR");
    // botocore trusts a list of its own
    environment.put("AWS_CA_BUNDLE", host.certificate().toString());
    Files.writeString(
        home.resolve("config.json"),
        "{\"credHelpers\":{\"%s\":\"ecr-login\"}}".formatted(EcrHost.REGISTRY));
  }

  @AfterEach
  void end() throws Exception {
    for (AutoCloseable each : running.reversed()) {
      each.close();
    }
  }

  @Test
  void theHelperObtainsAPassword() {
    String answer =
        command("docker-credential-ecr-login", "get").reading(EcrHost.REGISTRY).quietly().run();
    assertThat(answer).contains("\"Username\":\"AWS\"");
  }

  @Test
  void skopeoPushesAndPullsWithTheHelper() throws IOException {
    Programs.assumeInstalled("skopeo");
    createRepository("helper/skopeo");
    Image image = Images.in(home).write("skopeo:1", 1000, 1_000_000);
    String remote = "docker://" + EcrHost.REGISTRY + "/helper/skopeo:1";
    command("skopeo", "copy", image.reference(), remote).run();

    assertThat(command("skopeo", "inspect", "--raw", remote).run())
        .isEqualTo(new String(image.manifest(), UTF_8));
    command("skopeo", "copy", remote, "oci:pulled:1").run();
  }

  @Test
  void dockerPushesAndPullsWithTheHelper() throws IOException {
    createRepository("helper/docker");
    Client docker = docker();
    Image image = Images.in(home).write("docker:1", 1000, 1_000_000);
    String remote = EcrHost.REGISTRY + "/helper/docker:1";
    run(docker, "load", "--input", image.archive());
    run(docker, "tag", image.name(), remote);
    run(docker, "push", remote);
    run(docker, "rmi", remote, image.name());

    assertThat(run(docker, "pull", remote)).contains("Downloaded newer image");
  }

  @Test
  void thePasswordOfTheAwsCliLogsDockerIn() throws IOException {
    Files.delete(home.resolve("config.json"));
    String password = aws("get-login-password").quietly().run();
    Client docker = docker();
    docker
        .command("login", "--username", "AWS", "--password-stdin", EcrHost.REGISTRY)
        .reading(password)
        .run();
  }

  private Client docker() throws IOException {
    DockerEngine.assumePossible();
    DockerEngine engine = DockerEngine.in(Files.createDirectory(home.resolve("engine")), host);
    running.add(engine);
    return engine.client(Path.of("docker"), home);
  }

  private String run(Client client, Object... words) {
    return client.command(words).with(environment).run();
  }

  private void createRepository(String name) {
    aws("create-repository", "--repository-name", name).run();
  }

  private Command aws(String operation, Object... options) {
    return command(Stream.concat(Stream.of("aws", "ecr", operation), Stream.of(options)).toArray());
  }

  private Command command(Object... words) {
    return Command.in(home, words(words).toArray()).with(environment);
  }

  private List<String> words(Object... words) {
    return Stream.concat(host.enter().stream(), Stream.of(words).map(Object::toString)).toList();
  }
}
