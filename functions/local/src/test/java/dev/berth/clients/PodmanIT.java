package dev.berth.clients;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(SharedRegistry.class)
class PodmanIT {

  @TempDir Path home;

  @BeforeEach
  void assumeInstalled() {
    Programs.assumeInstalled("podman");
    Programs.assumeRoot("podman without root needs a range of user ids");
  }

  @Test
  void aPulledImageIsTheOneThatWasPushed(RegistryUnderTest registry) throws IOException {
    Image image = Images.in(home).write("podman:1", 1000, 2_000_000);
    registry.createRepository("podman/image");
    String remote = registry.host() + "/podman/image:1";
    Client podman = podman();
    podman.logIn(
        registry,
        "login",
        "--tls-verify=false",
        "-u",
        registry.user(),
        "--password-stdin",
        registry.host());
    String id = podman.run("pull", image.reference()).strip();
    assertThat(id).isEqualTo(image.config().hex());
    podman.run("push", "--tls-verify=false", id, remote);
    podman.run("rmi", "--force", id);

    assertThat(podman.run("pull", "--tls-verify=false", remote).strip()).isEqualTo(id);
    assertThat(
            podman.run(
                "search", "--list-tags", "--tls-verify=false", registry.host() + "/podman/image"))
        .contains("podman/image");
  }

  private Client podman() throws IOException {
    Path configuration =
        Files.writeString(
            home.resolve("containers.conf"),
            """
            [engine]
            lock_type = "file"
            """);
    var words =
        List.of(
            "env",
            "CONTAINERS_CONF=" + configuration,
            "podman",
            "--root",
            home.resolve("root").toString(),
            "--runroot",
            home.resolve("run").toString(),
            "--tmpdir",
            home.resolve("tmp").toString(),
            "--network-config-dir",
            home.resolve("cni").toString(),
            "--storage-driver",
            "vfs",
            "--cgroup-manager",
            "cgroupfs",
            "--events-backend",
            "file");
    return new Client(home, words);
  }
}
