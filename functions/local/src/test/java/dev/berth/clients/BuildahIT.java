package dev.berth.clients;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(SharedRegistry.class)
class BuildahIT {

  @TempDir Path home;
  private RegistryUnderTest registry;
  private Client buildah;

  @BeforeEach
  void logIn(RegistryUnderTest shared) {
    Programs.assumeInstalled("buildah");
    Programs.assumeRoot("buildah without root needs a range of user ids");
    registry = shared;
    buildah =
        new Client(
            home,
            List.of(
                "buildah",
                "--root",
                home.resolve("root").toString(),
                "--runroot",
                home.resolve("run").toString(),
                "--storage-driver",
                "vfs"));
    buildah.logIn(
        registry,
        "login",
        "--tls-verify=false",
        "-u",
        registry.user(),
        "--password-stdin",
        registry.host());
  }

  @Test
  void anIndexOfTwoArchitecturesIsPushedWithItsImages() throws IOException {
    Images images = Images.in(home);
    Image amd64 = images.forArchitecture("amd64").write("amd64:1", 5000, 100_000);
    Image arm64 = images.forArchitecture("arm64").write("arm64:1", 7000);
    registry.createRepository("buildah/index");
    String remote = "docker://" + registry.host() + "/buildah/index:1";
    buildah.run("manifest", "create", "list:1");
    buildah.run("manifest", "add", "--os", "linux", "--arch", "amd64", "list:1", amd64.reference());
    buildah.run("manifest", "add", "--os", "linux", "--arch", "arm64", "list:1", arm64.reference());
    buildah.run(
        "manifest", "push", "--all", "--format", "oci", "--tls-verify=false", "list:1", remote);

    var index = new String(RawClient.manifest(registry, "buildah/index", "1"), UTF_8);
    assertThat(index)
        .contains("application/vnd.oci.image.index.v1+json")
        .contains(amd64.digest().toString(), arm64.digest().toString());
    String pulled = buildah.run("pull", "--tls-verify=false", "--arch", "arm64", remote);
    assertThat(pulled.strip()).isEqualTo(arm64.config().hex());
  }

  @Test
  void aCommittedContainerIsPushedAndPulled() throws IOException {
    Image base = Images.in(home).write("base:1", 5000);
    registry.createRepository("buildah/image");
    String remote = "docker://" + registry.host() + "/buildah/image:1";
    String container = buildah.run("from", base.reference()).strip();
    buildah.run("config", "--label", "made-by=buildah", container);
    String image = buildah.run("commit", container).strip();
    buildah.run("push", "--tls-verify=false", image, remote);
    buildah.run("rm", container);
    buildah.run("rmi", "--all");

    assertThat(buildah.run("pull", "--tls-verify=false", remote).strip()).isEqualTo(image);
  }
}
