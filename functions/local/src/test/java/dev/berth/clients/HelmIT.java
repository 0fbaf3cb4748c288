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
class HelmIT {

  @TempDir Path home;

  @BeforeEach
  void assumeInstalled() {
    Programs.assumeInstalled("helm");
  }

  @Test
  void aPulledChartIsTheOneThatWasPushed(RegistryUnderTest registry) throws IOException {
    registry.createRepository("charts/harbour");
    var helm = new Client(home, List.of("helm"));
    helm.logIn(
        registry,
        "registry",
        "login",
        "--plain-http",
        "--username",
        registry.user(),
        "--password-stdin",
        registry.host());
    helm.run("create", "harbour");
    helm.run("package", "harbour");
    Path chart = home.resolve("harbour-0.1.0.tgz");
    String charts = "oci://" + registry.host() + "/charts";
    helm.run("push", "--plain-http", chart, charts);

    Path pulled = Files.createDirectory(home.resolve("pulled"));
    helm.run("pull", "--plain-http", charts + "/harbour", "--version", "0.1.0", "-d", pulled);
    assertThat(pulled.resolve("harbour-0.1.0.tgz")).hasSameBinaryContentAs(chart);
    assertThat(helm.run("show", "chart", "--plain-http", charts + "/harbour"))
        .contains("name: harbour");
  }
}
