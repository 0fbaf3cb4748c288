package dev.berth.lambda.feed;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.berth.core.scan.catalog.Distributions;
import dev.berth.core.scan.feed.Compression;
import dev.berth.core.scan.feed.Feed;
import dev.berth.core.scan.feed.FeedTarget;
import dev.berth.core.scan.feed.nvd.NvdFeed;
import dev.berth.registry.scan.update.FeedSource;
import dev.berth.registry.scan.update.FeedSource.Absent;
import dev.berth.registry.scan.update.FeedSource.Content;
import dev.berth.registry.scan.update.FeedSource.Offer;
import dev.berth.registry.scan.update.FeedSource.Unchanged;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.compressors.bzip2.BZip2CompressorOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class FeedSourcesTest {

  private static final byte[] CONTENT = "content".repeat(1000).getBytes(UTF_8);

  private final FeedHttpServer server = new FeedHttpServer();
  private final FeedServer client =
      new FeedServer(
          new FeedServer.Timeouts(
              Duration.ofSeconds(5), Duration.ofMillis(500), Duration.ofMinutes(1)));
  private final FeedSource publishers = new PublisherFeeds(client);

  @TempDir private Path directory;

  @AfterEach
  void close() {
    server.close();
  }

  private record TestFeed(String location, Compression compression) implements Feed {
    @Override
    public String name() {
      return "debian";
    }

    @Override
    public long read(InputStream in, FeedTarget target) {
      return 0;
    }
  }

  private Feed feed(String path) {
    return new TestFeed(server.url(path), Compression.NONE);
  }

  private static byte[] read(FeedSource source, Feed feed) throws IOException {
    try (Offer offer = source.open(feed, Optional.empty())) {
      return ((Content) offer).bytes().readAllBytes();
    }
  }

  private static String version(FeedSource source, Feed feed) throws IOException {
    try (Offer offer = source.open(feed, Optional.empty())) {
      return ((Content) offer).version();
    }
  }

  private void assertFails(Feed feed, String... words) {
    assertThatExceptionOfType(IOException.class)
        .isThrownBy(() -> read(publishers, feed))
        .satisfies(e -> assertThat(e.getMessage()).contains(words));
  }

  private static byte[] packed(Compression compression) throws IOException {
    var bytes = new ByteArrayOutputStream();
    try (OutputStream out =
        switch (compression) {
          case NONE -> bytes;
          case GZIP -> new GZIPOutputStream(bytes);
          case BZIP2 -> new BZip2CompressorOutputStream(bytes);
        }) {
      out.write(CONTENT);
    }
    return bytes.toByteArray();
  }

  @ParameterizedTest
  @EnumSource
  void aFileIsUnpacked(Compression compression) throws IOException {
    server.put("/file", packed(compression));
    assertThat(read(publishers, new TestFeed(server.url("/file"), compression))).isEqualTo(CONTENT);
  }

  @ParameterizedTest
  @EnumSource(names = {"GZIP", "BZIP2"})
  void whatIsCutOffOrDamagedIsRefusedWhilePacked(Compression compression) throws IOException {
    byte[] packed = packed(compression);
    Feed feed = new TestFeed(server.url("/file"), compression);
    for (int length = 0; length < packed.length; length++) {
      server.put("/file", Arrays.copyOf(packed, length));
      assertThatExceptionOfType(IOException.class).isThrownBy(() -> read(publishers, feed));
    }
    Random random = new Random(1);
    for (int round = 0; round < 200; round++) {
      byte[] damaged = packed.clone();
      damaged[random.nextInt(damaged.length)] ^= (byte) (1 + random.nextInt(255));
      server.put("/file", damaged);
      try {
        assertThat(read(publishers, feed)).isEqualTo(CONTENT);
      } catch (IOException refused) {
        // as it should be, but for bits that mean nothing
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"ETag", "Last-Modified"})
  void whatHasNotChangedDoesNotComeAgain(String header) throws IOException {
    String told = header.equals("ETag") ? "\"v1\"" : "Wed, 25 Nov 2026 12:00:00 GMT";
    server.put("/file", CONTENT, header, told);
    String version = version(publishers, feed("/file"));
    assertThat(publishers.open(feed("/file"), Optional.of(version))).isEqualTo(new Unchanged());
    server.put(
        "/file", "other".getBytes(UTF_8), header, told.replace("v1", "v2").replace("12", "13"));
    try (Offer offer = publishers.open(feed("/file"), Optional.of(version))) {
      assertThat(offer).isInstanceOf(Content.class);
    }
    assertThat(server.conditions()).hasSize(2).allMatch(condition -> condition.endsWith(told));
  }

  @Test
  void aVersionOfAnotherServerIsNotAskedBy() throws IOException {
    server.put("/file", CONTENT, "ETag", "\"v1\"");
    for (String other : new String[] {"https://example.com etag \"v1\"", "sha256:00", ""}) {
      try (Offer offer = publishers.open(feed("/file"), Optional.of(other))) {
        assertThat(offer).isInstanceOf(Content.class);
      }
    }
    assertThat(server.conditions()).isEmpty();
  }

  @Test
  void anAnswerThatNothingChangedIsTakenForNoneWhereNothingIsKnown() {
    server.answer("/file", exchange -> exchange.sendResponseHeaders(304, -1));
    assertFails(feed("/file"), "answers 304");
  }

  @Test
  void aDownloadThatIsCutOffIsRefused() {
    server.answer("/file", exchange -> FeedHttpServer.send(exchange, CONTENT, 8000));
    assertFails(feed("/file"), "/file is broken off: ");
  }

  @Test
  void aServerThatFallsSilentIsNotWaitedForForEver() {
    var over = new CountDownLatch(1);
    server.answer(
        "/file",
        exchange -> {
          FeedHttpServer.send(exchange, CONTENT, 8000);
          await(over);
        });
    assertFails(feed("/file"), "does not go on in time");
    server.answer("/never", _ -> await(over));
    assertFails(feed("/never"), "does not answer in time");
    over.countDown();
  }

  private static void await(CountDownLatch over) throws IOException {
    try {
      over.await();
    } catch (InterruptedException e) {
      throw new IOException(e);
    }
  }

  @Test
  void aDownloadThatNeverEndsIsBrokenOff() {
    var slow =
        new FeedServer(
            new FeedServer.Timeouts(Duration.ofSeconds(5), Duration.ofSeconds(5), Duration.ZERO));
    server.put("/file", CONTENT);
    assertThatExceptionOfType(IOException.class)
        .isThrownBy(() -> read(new PublisherFeeds(slow), feed("/file")))
        .withMessageContaining("takes too long");
  }

  @Test
  void redirectsAreFollowedSomeTimes() throws IOException {
    server.put("/end", CONTENT);
    server.redirect("/4", "end");
    for (int i = 0; i < 4; i++) {
      server.redirect("/" + i, server.url("/" + (i + 1)));
    }
    assertThat(read(publishers, feed("/0"))).isEqualTo(CONTENT);
    server.redirect("/more", "/0");
    assertFails(feed("/more"), "/more leads to more than 5 others");
    server.redirect("/loop", "/loop");
    assertFails(feed("/loop"), "/loop leads to more than 5 others");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "file:///etc/passwd",
        "ftp://localhost/",
        "jar:http://localhost/a!/",
        "http://user:secret@localhost/",
        "http:///x",
        "//",
        "http://[",
      })
  void aRedirectToElsewhereIsNotFollowed(String location) {
    server.redirect("/file", location);
    assertThatExceptionOfType(IOException.class)
        .isThrownBy(() -> read(publishers, feed("/file")))
        .satisfies(e -> assertThat(e.getMessage()).doesNotContain("secret"));
  }

  @Test
  void nothingLeadsAwayFromTls() throws IOException {
    URI secure = URI.create("https://example.com/a/b");
    assertThat(FeedUri.led(secure, "/c")).isEqualTo(URI.create("https://example.com/c"));
    assertThat(FeedUri.led(secure, "https://example.org/c").getHost()).isEqualTo("example.org");
    assertThatExceptionOfType(IOException.class)
        .isThrownBy(() -> FeedUri.led(secure, "http://example.com/c"))
        .withMessageContaining("without TLS");
  }

  @ParameterizedTest
  @ValueSource(ints = {400, 403, 404, 500, 503})
  void aRefusalIsToldWithTheAddress(int status) {
    server.answer("/file", exchange -> exchange.sendResponseHeaders(status, -1));
    assertFails(feed("/file?secret"), server.url("/file"));
  }

  @Test
  void anotherEncodingIsRefused() {
    server.answer(
        "/file",
        exchange -> {
          exchange.getResponseHeaders().set("Content-Encoding", "gzip");
          FeedHttpServer.send(exchange, CONTENT, CONTENT.length);
        });
    assertFails(feed("/file"), "another encoding");
  }

  @Test
  void aServerThatIsNotThereIsNamed() {
    server.close();
    assertFails(feed("/file"), server.url("/file"), "cannot be asked");
  }

  @Test
  void aDirectoryHasFeedsByTheirNames() throws IOException {
    var source = new DirectoryFeeds(directory);
    Feed debian = feed("/Debian/all.zip");
    assertThat(source.open(debian, Optional.empty())).isEqualTo(new Absent());
    Files.write(directory.resolve("debian.zip"), CONTENT);
    assertThat(read(source, debian)).isEqualTo(CONTENT);
  }

  @Test
  void aDirectoryHasFeedsByTheNamesThatPublishersGive() throws IOException {
    var source = new DirectoryFeeds(directory);
    byte[] packed = packed(Compression.GZIP);
    Files.write(directory.resolve("nvdcve-2.0-2024.json.gz"), packed);
    NvdFeed nvd = NvdFeed.ofYear(2024);
    assertThat(read(source, nvd)).isEqualTo(CONTENT);
    String version = version(source, nvd);
    assertThat(source.open(nvd, Optional.of(version))).isEqualTo(new Unchanged());
    Files.delete(directory.resolve("nvdcve-2.0-2024.json.gz"));
    Files.createDirectory(directory.resolve("nvd-2024.json.gz"));
    assertThatExceptionOfType(IOException.class)
        .isThrownBy(() -> source.open(nvd, Optional.empty()))
        .withMessageContaining("is no file");
  }

  @Test
  void noTwoFeedsHaveOneFile() {
    var names = Distributions.feeds().stream().flatMap(feed -> FeedFiles.names(feed).stream());
    assertThat(names.toList())
        .doesNotHaveDuplicates()
        .contains(
            "debian.zip",
            "alpine-3.22-main.json",
            "amazon-2-x86-64.xml.gz",
            "oracle.xml.bz2",
            "com.oracle.elsa-all.xml.bz2")
        .doesNotContain("all.zip", "main.json", "mirror.list");
  }

  @Test
  void aMirrorHasTheSameNames() throws IOException {
    var source = new MirroredFeeds(server.url("/feeds"), client);
    NvdFeed nvd = NvdFeed.ofYear(2024);
    assertThat(source.open(nvd, Optional.empty())).isEqualTo(new Absent());
    server.put("/feeds/nvdcve-2.0-2024.json.gz", packed(Compression.GZIP), "ETag", "\"v1\"");
    assertThat(read(source, nvd)).isEqualTo(CONTENT);
    assertThat(source.open(nvd, Optional.of(version(source, nvd)))).isEqualTo(new Unchanged());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ftp://a/",
        "http://u:p@a/",
        "https:///",
        "https://a/?b",
        "https://a/#b",
        "http://["
      })
  void whatIsNoAddressOfAMirrorIsRefused(String place) {
    assertThatIllegalArgumentException().isThrownBy(() -> new MirroredFeeds(place));
  }

  @Test
  void whatIsNotCompressedIsRefused() {
    assertThatExceptionOfType(IOException.class)
        .isThrownBy(
            () -> Decompression.of(Compression.BZIP2, new ByteArrayInputStream(CONTENT), "x"));
  }
}
