package dev.berth.lambda.feed;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.berth.core.oci.Digest;
import dev.berth.core.scan.ScanData;
import dev.berth.core.scan.feed.FeedException;
import dev.berth.core.scan.feed.updateinfo.UpdateInfoFeed;
import dev.berth.registry.scan.update.FeedSource.Content;
import dev.berth.registry.scan.update.FeedSource.Offer;
import dev.berth.registry.scan.update.FeedSource.Unchanged;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PackageRepositoryTest {

  private static final String METADATA =
      """
      <repomd xmlns="http://linux.duke.edu/metadata/repo">
        <data type="primary"><location href="repodata/primary.xml.gz"/></data>
        <data type="updateinfo">
          <checksum type="%s">%s</checksum>
          <open-checksum type="sha256">00</open-checksum>
          <location href="%s"/>
        </data>
      </repomd>
      """;

  private final FeedHttpServer server = new FeedHttpServer();
  private final PublisherFeeds source =
      new PublisherFeeds(
          new FeedServer(
              new FeedServer.Timeouts(
                  Duration.ofSeconds(5), Duration.ofSeconds(5), Duration.ofMinutes(1))));
  private final byte[] file = gzip("<updates/>");
  private final UpdateInfoFeed feed =
      new UpdateInfoFeed("amazon-2-x86-64", server.url("/mirror.list"), "amazon-2", id -> id);

  PackageRepositoryTest() {
    mirrors(server.url("/repo"));
    server.put("/repo/repodata/updateinfo.xml.gz", file);
    metadata("sha256", Digest.sha256(file).hex(), "repodata/updateinfo.xml.gz");
  }

  @AfterEach
  void close() {
    server.close();
  }

  private static byte[] gzip(String text) {
    var bytes = new ByteArrayOutputStream();
    try (var out = new GZIPOutputStream(bytes)) {
      out.write(text.getBytes(UTF_8));
    } catch (IOException e) {
      throw new AssertionError(e);
    }
    return bytes.toByteArray();
  }

  private void mirrors(String... urls) {
    server.put("/mirror.list", String.join("\n", urls).getBytes(UTF_8));
  }

  private void metadata(String algorithm, String checksum, String path) {
    server.put(
        "/repo/repodata/repomd.xml", METADATA.formatted(algorithm, checksum, path).getBytes(UTF_8));
  }

  private String read() throws IOException {
    try (Offer offer = source.open(feed, Optional.empty())) {
      return new String(((Content) offer).bytes().readAllBytes(), UTF_8);
    }
  }

  private void assertRefused(String message) {
    assertThatExceptionOfType(FeedException.class)
        .isThrownBy(this::read)
        .withMessageContaining(message);
  }

  @Test
  void theUpdateInfoIsFoundByMirrorsAndMetadata() throws IOException {
    assertThat(read()).isEqualTo("<updates/>");
    String version = "sha256:" + Digest.sha256(file).hex();
    assertThat(source.open(feed, Optional.of(version))).isEqualTo(new Unchanged());
  }

  @Test
  void anotherMirrorIsAskedWhereOneFails() throws IOException {
    mirrors("", server.url("/none/"), "  " + server.url("/repo/"), "");
    assertThat(read()).isEqualTo("<updates/>");
    mirrors(server.url("/1"), server.url("/2"), server.url("/3"), server.url("/repo"));
    assertThatExceptionOfType(IOException.class).isThrownBy(this::read);
    mirrors("");
    assertThatExceptionOfType(IOException.class)
        .isThrownBy(this::read)
        .withMessageContaining("names no mirror");
  }

  @ParameterizedTest
  @ValueSource(strings = {"file:///etc/", "ftp://localhost/", "http://u:p@localhost/"})
  void aMirrorOfAnotherKindIsNotAsked(String mirror) {
    mirrors(mirror);
    assertThatExceptionOfType(IOException.class).isThrownBy(this::read);
  }

  @Test
  void anotherFileThanTheMetadataHaveIsRefused() {
    server.put("/repo/repodata/updateinfo.xml.gz", gzip("<updates></updates>"));
    assertRefused("is not the file whose checksum the metadata have");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "/repodata/updateinfo.xml.gz",
        "../updateinfo.xml.gz",
        "repodata/../../updateinfo.xml.gz",
        "repodata/./updateinfo.xml.gz",
        "repodata//updateinfo.xml.gz",
        "//localhost/updateinfo.xml.gz",
        "http://localhost/updateinfo.xml.gz",
        "file:///updateinfo.xml.gz",
        "repodata/%2e%2e/updateinfo.xml.gz",
        "repodata\\updateinfo.xml.gz",
        "updateinfo.xml.gz?a.gz",
        "updateinfo.xml.gz#a.gz"
      })
  void aLocationThatIsNotInTheRepositoryIsRefused(String path) {
    metadata("sha256", Digest.sha256(file).hex(), path);
    assertRefused("the updateinfo is not in the repository");
  }

  @Test
  void aWeakChecksumIsRefused() {
    metadata("sha", "00", "repodata/updateinfo.xml.gz");
    assertRefused("no checksum of SHA-256 or SHA-512");
  }

  @Test
  void anotherCompressionIsRefused() {
    metadata("sha256", Digest.sha256(file).hex(), "repodata/updateinfo.xml.zst");
    assertRefused("not compressed by gzip");
  }

  @Test
  void metadataWithoutUpdateInfoAreRefused() {
    server.put("/repo/repodata/repomd.xml", "<repomd/>".getBytes(UTF_8));
    assertRefused("repomd.xml has no updateinfo");
    server.put("/repo/repodata/repomd.xml", "<html/>".getBytes(UTF_8));
    assertRefused("this is no <repomd>");
  }

  @Test
  void metadataOfAmazonLinuxAreRead() {
    var listed = PackageRepository.read(ScanData.bytes("feeds/updateinfo/repomd.xml"));
    assertThat(listed.path()).isEqualTo("repodata/updateinfo.xml.gz");
    assertThat(listed.version())
        .isEqualTo("sha256:e6f569f8ed2246a6b06c0fef7cfd71560df02781327e31c38396ed358d591d48");
  }

  @Test
  void aListOfMirrorsThatDoesNotEndIsBrokenOff() {
    server.answer(
        "/mirror.list",
        exchange -> {
          exchange.sendResponseHeaders(200, 0);
          while (true) {
            exchange.getResponseBody().write(new byte[4096]);
          }
        });
    assertRefused("there are more than 65536 bytes");
  }
}
