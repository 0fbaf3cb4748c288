package dev.berth.core.scan.index;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GenerationTest {

  private static final Instant NOON = Instant.parse("2026-11-25T12:00:00Z");

  private static final Generation GENERATION =
      new Generation(
          NOON,
          List.of(
              new FeedState("main", NOON, NOON.minusSeconds(90), 10),
              new FeedState("community", NOON, NOON.minusSeconds(30), 20),
              new FeedState("debian", NOON, NOON.minusSeconds(10), 30).of("etag \"v1\"")),
          List.of(
              new IndexFile(
                  "alpine-3.23", IndexFile.Kind.RELEASE, 100, 4000, List.of("main", "community")),
              new IndexFile("cves-2024", IndexFile.Kind.CVES, 50, 9000, List.of())));

  @Test
  void aManifestIsReadAsItWasWritten() {
    assertThat(Generation.parse(GENERATION.json())).isEqualTo(GENERATION);
  }

  @Test
  void anIndexIsAsNewAsTheNewestOfItsFeeds() {
    IndexFile alpine = GENERATION.file("alpine-3.23").orElseThrow();
    assertThat(GENERATION.sourceUpdatedAt(alpine)).hasValue(NOON.minusSeconds(30));
  }

  @Test
  void filesAreFoundByNameAndKind() {
    assertThat(GENERATION.feed("debian")).map(FeedState::version).hasValue("etag \"v1\"");
    assertThat(GENERATION.feed("ubuntu")).isEmpty();
    assertThat(GENERATION.file("alpine-3.22")).isEmpty();
    assertThat(GENERATION.cveFiles()).extracting(IndexFile::name).containsExactly("cves-2024");
  }

  @Test
  void noSourceIsUpdatedAfterItWasFetched() {
    assertThat(new FeedState("debian", NOON, NOON.plusSeconds(1), 1).sourceUpdatedAt())
        .isEqualTo(NOON);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "{}",
        "[]",
        "{\"v\":2,\"createdAt\":\"2026-11-25T12:00:00Z\"}",
        "{\"v\":1,\"createdAt\":\"yesterday\"}",
        "{\"v\":1}",
        "{\"v\":1,\"createdAt\":\"2026-11-25T12:00:00Z\",\"files\":[{}]}",
        "{\"v\":1,\"createdAt\":\"2026-11-25T12:00:00Z\"} x"
      })
  void whatIsNoManifestIsRefused(String json) {
    assertThatExceptionOfType(InvalidIndexException.class).isThrownBy(() -> Generation.parse(json));
  }
}
