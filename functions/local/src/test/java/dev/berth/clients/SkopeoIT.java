package dev.berth.clients;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.core.oci.Digest;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(SharedRegistry.class)
class SkopeoIT {

  @TempDir Path home;
  private RegistryUnderTest registry;

  @BeforeEach
  void logIn(RegistryUnderTest shared) {
    Programs.assumeInstalled("skopeo");
    registry = shared;
    Command.in(
            home,
            "skopeo",
            "login",
            "--tls-verify=false",
            "--username",
            registry.user(),
            "--password-stdin",
            registry.host())
        .reading(registry.password())
        .run();
  }

  @Test
  void aPulledImageIsTheOneThatWasPushed() throws IOException {
    Image image = Images.in(home).write("layers:1", 10, 1_000_000, 6_000_000);
    String remote = remote("skopeo/layers");
    push(image, remote + ":1");
    pull(remote + ":1", "pulled");

    String raw = inspect(remote + ":1");
    assertThat(raw).isEqualTo(new String(image.manifest(), UTF_8));
    for (Digest layer : image.layers()) {
      assertThat(home.resolve("pulled/blobs/sha256").resolve(layer.hex()))
          .hasSameBinaryContentAs(image.blob(layer));
    }
  }

  @Test
  void anImageIsPulledByDigest() throws IOException {
    Image image = Images.in(home).write("digest:1", 1000);
    String remote = remote("skopeo/digest");
    push(image, remote + ":1");
    pull(remote + "@" + image.digest(), "pulled");

    assertThat(home.resolve("pulled/blobs/sha256/" + image.digest().hex())).exists();
  }

  @Test
  void aDockerSchema2ImageKeepsItsMediaTypes() throws IOException {
    Image image = Images.in(home).write("docker:1", 1000, 2000);
    String remote = remote("skopeo/docker");
    push(image, remote + ":1", "--format", "v2s2");

    String raw = inspect(remote + ":1");
    assertThat(raw).contains("application/vnd.docker.distribution.manifest.v2+json");
    pull(remote + ":1", "pulled");
  }

  @Test
  void aDockerSchema1ImageIsPushedAndPulled() throws IOException {
    Image image = Images.in(home).write("old:1", 1000, 2000);
    String remote = remote("skopeo/old");
    push(image, remote + ":1", "--format", "v2s1");

    assertThat(inspect(remote + ":1")).contains("fsLayers", "signatures");
    pull(remote + ":1", "pulled");
    for (Digest layer : image.layers()) {
      assertThat(home.resolve("pulled/blobs/sha256").resolve(layer.hex()))
          .hasSameBinaryContentAs(image.blob(layer));
    }
  }

  @Test
  void layersAreCompressedWithZstd() throws IOException {
    Image image = Images.in(home).uncompressed().write("zstd:1", 1_000_000, 3000);
    String remote = remote("skopeo/zstd");
    push(image, remote + ":1", "--dest-compress-format", "zstd");

    String raw = inspect(remote + ":1");
    assertThat(raw).contains("application/vnd.oci.image.layer.v1.tar+zstd");
    pull(remote + ":1", "pulled");
  }

  @Test
  void tagsAreListedAndGoWithTheirImage() throws IOException {
    Image image = Images.in(home).write("tags:1", 1000);
    String remote = remote("skopeo/tags");
    push(image, remote + ":one");
    push(Images.in(home).write("other:1", 1000), remote + ":two");
    var list = Command.in(home, "skopeo", "list-tags", "--tls-verify=false", remote);
    assertThat(list.run()).contains("\"one\"", "\"two\"");

    Command.in(home, "skopeo", "delete", "--tls-verify=false", remote + ":one").run();
    assertThat(list.run()).contains("\"two\"").doesNotContain("\"one\"");
  }

  private String remote(String repository) {
    registry.createRepository(repository);
    return "docker://" + registry.host() + "/" + repository;
  }

  private void push(Image image, String remote, String... options) {
    var words = new ArrayList<Object>(List.of("skopeo", "copy", "--dest-tls-verify=false"));
    words.addAll(List.of(options));
    words.add(image.reference());
    words.add(remote);
    Command.in(home, words.toArray()).run();
  }

  private String inspect(String remote) {
    return Command.in(home, "skopeo", "inspect", "--raw", "--tls-verify=false", remote).run();
  }

  private void pull(String remote, String layout) {
    Command.in(home, "skopeo", "copy", "--src-tls-verify=false", remote, "oci:" + layout + ":1")
        .run();
  }
}
