package dev.berth.clients;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(SharedRegistry.class)
class ContainerdIT {

  @TempDir Path home;
  private RegistryUnderTest registry;
  private Containerd containerd;
  private Client ctr;

  @BeforeEach
  void start(RegistryUnderTest shared) throws IOException {
    Containerd.assumePossible();
    registry = shared;
    containerd = Containerd.in(home);
    ctr = containerd.client(home);
  }

  @AfterEach
  void end() {
    if (containerd != null) {
      containerd.close();
    }
  }

  @Test
  void aPulledImageIsTheOneThatWasPushed() throws IOException {
    Image image = Images.in(home).write("ctr:1", 1000, 20_000_000);
    registry.createRepository("ctr/image");
    String remote = registry.host() + "/ctr/image:1";
    importAs(image, remote);
    remotely("push", remote);
    assertThat(RawClient.manifest(registry, "ctr/image", "1")).isEqualTo(image.manifest());

    ctr.run("image", "rm", "--sync", remote);
    remotely("pull", "--snapshotter", "native", remote);
    assertThat(ctr.run("image", "ls", "name==" + remote)).contains(image.digest().toString());
  }

  @Test
  void anImageGoesOnToAnotherRepositoryOfTheRegistry() throws IOException {
    Image image = Images.in(home).write("mount:1", 1000, 6_000_000);
    registry.createRepository("ctr/from");
    registry.createRepository("ctr/to");
    String from = registry.host() + "/ctr/from:1";
    String to = registry.host() + "/ctr/to:1";
    importAs(image, from);
    remotely("push", from);
    ctr.run("image", "rm", "--sync", from);
    remotely("pull", "--snapshotter", "native", from);
    ctr.run("image", "tag", from, to);
    remotely("push", to);

    assertThat(RawClient.manifest(registry, "ctr/to", "1")).isEqualTo(image.manifest());
  }

  private void importAs(Image image, String remote) throws IOException {
    ctr.run("image", "import", "--no-unpack", image.archive());
    String imported = ctr.run("image", "ls", "--quiet").strip();
    ctr.run("image", "tag", imported, remote);
    ctr.run("image", "rm", imported);
  }

  private void remotely(String verb, Object... words) {
    var all = new ArrayList<Object>();
    all.addAll(List.of("image", verb, "--plain-http"));
    all.addAll(List.of("--user", registry.user() + ":" + registry.password()));
    all.addAll(List.of(words));
    ctr.command(all.toArray()).hiding(registry.password()).run();
  }
}
