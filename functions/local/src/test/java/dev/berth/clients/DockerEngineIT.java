package dev.berth.clients;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.core.oci.Digest;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every docker on the PATH against one engine: they differ in what they do by themselves. */
@ExtendWith(SharedRegistry.class)
class DockerEngineIT {

  @TempDir static Path directory;
  private static DockerEngine engine;

  @TempDir Path home;

  @BeforeEach
  void startEngine() throws IOException {
    DockerEngine.assumePossible();
    if (engine == null) {
      engine = DockerEngine.in(directory);
    }
  }

  @AfterAll
  static void endEngine() {
    if (engine != null) {
      engine.close();
    }
  }

  static List<Path> programs() {
    List<Path> installed = Programs.all("docker");
    // one that is absent, so that there is a test to be skipped
    return installed.isEmpty() ? List.of(Path.of("docker")) : installed;
  }

  @ParameterizedTest
  @MethodSource("programs")
  void aPulledImageIsTheOneThatWasPushed(Path program, RegistryUnderTest registry)
      throws IOException {
    Client docker = loggedIn(program, registry);
    String repository = repository("docker/image", program, registry);
    String remote = registry.host() + "/" + repository + ":1";
    load(docker, Images.in(home).write("docker:1", 1000, 2_000_000), remote);
    String pushed = docker.run("push", remote);
    String digest = Digest.sha256(RawClient.manifest(registry, repository, "1")).toString();
    assertThat(pushed).contains("1: digest: " + digest);

    docker.run("rmi", remote);
    assertThat(docker.run("pull", remote)).contains("Digest: " + digest);
    assertThat(docker.run("image", "inspect", "--format", "{{.RepoDigests}}", remote))
        .contains(registry.host() + "/" + repository + "@" + digest);
    docker.run("rmi", remote);
    docker.run("pull", registry.host() + "/" + repository + "@" + digest);
  }

  @ParameterizedTest
  @MethodSource("programs")
  void aLargeLayerIsStreamedInOneRequestOfUnknownLength(Path program, RegistryUnderTest registry)
      throws IOException {
    Client docker = loggedIn(program, registry);
    String repository = repository("docker/large", program, registry);
    String remote = registry.host() + "/" + repository + ":1";
    load(docker, Images.in(home).uncompressed().write("large:1", 200_000_000), remote);
    docker.run("push", remote);
    String id = docker.run("image", "inspect", "--format", "{{.Id}}", remote);
    docker.run("rmi", remote);

    docker.run("pull", remote);
    assertThat(docker.run("image", "inspect", "--format", "{{.Id}}", remote)).isEqualTo(id);
    docker.run("rmi", remote);
  }

  @ParameterizedTest
  @MethodSource("programs")
  void aManifestListIsMadeOfWhatIsInTheRegistry(Path program, RegistryUnderTest registry)
      throws IOException {
    Client docker = loggedIn(program, registry);
    String repository = repository("docker/list", program, registry);
    String remote = registry.host() + "/" + repository;
    for (String architecture : List.of("amd64", "arm64")) {
      Images images = Images.in(home).forArchitecture(architecture);
      load(docker, images.write(architecture + ":1", 1000), remote + ":" + architecture);
      docker.run("push", remote + ":" + architecture);
    }
    docker.run(
        "manifest", "create", "--insecure", remote + ":1", remote + ":amd64", remote + ":arm64");
    docker.run("manifest", "push", "--insecure", remote + ":1");

    String list = new String(RawClient.manifest(registry, repository, "1"), UTF_8);
    assertThat(list)
        .contains("application/vnd.docker.distribution.manifest.list.v2+json")
        .contains("\"arm64\"", "\"amd64\"");
    assertThat(docker.run("manifest", "inspect", "--insecure", remote + ":1"))
        .contains(Digest.sha256(RawClient.manifest(registry, repository, "arm64")).toString());
  }

  private Client loggedIn(Path program, RegistryUnderTest registry) {
    Client docker = engine.client(program, home);
    docker.logIn(
        registry, "login", "--username", registry.user(), "--password-stdin", registry.host());
    return docker;
  }

  private static String repository(String name, Path program, RegistryUnderTest registry) {
    String repository = name + programs().indexOf(program);
    registry.createRepository(repository);
    return repository;
  }

  private static void load(Client docker, Image image, String tag) throws IOException {
    docker.run("load", "--input", image.archive());
    docker.run("tag", image.name(), tag);
    docker.run("rmi", image.name());
  }
}
