package dev.berth.registry.scan.update;

import dev.berth.core.scan.feed.Feed;
import dev.berth.core.scan.feed.secdb.SecdbFeed;
import dev.berth.core.scan.index.CveDetails;
import dev.berth.registry.scan.generation.CurrentIndexes;
import dev.berth.registry.scan.generation.Generations;
import dev.berth.registry.scan.generation.Indexes;
import dev.berth.registry.scan.update.FeedUpdate.Outcome;
import dev.berth.registry.store.InterposedTable;
import dev.berth.registry.store.Keys;
import dev.berth.registry.store.MemoryObjects;
import dev.berth.registry.store.MemoryTable;
import java.time.Clock;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Feeds in memory, of which a generation is made. */
abstract class UpdatedFeeds {

  static final String MAIN_22 = "alpine-3.22-main";
  static final String MAIN_23 = "alpine-3.23-main";
  static final String COMMUNITY_23 = "alpine-3.23-community";

  Instant now = Instant.parse("2026-11-25T12:00:00Z");
  final Clock clock = ((InstantSource) () -> now).withZone(ZoneOffset.UTC);
  final MemoryTable memory = new MemoryTable();
  final InterposedTable table = new InterposedTable(memory);
  final MemoryObjects objects = new MemoryObjects(1);
  final Generations generations = new Generations(table, objects, clock);
  final MemorySource source = new MemorySource();
  final List<Feed> feeds =
      List.of(secdb("3.22", "main"), secdb("3.23", "main"), secdb("3.23", "community"));
  final FeedUpdate update = new FeedUpdate(clock, feeds);
  final List<FeedNews> news = new ArrayList<>();

  UpdatedFeeds() {
    put("3.22", "main", "curl", "8.5.0-r0", "CVE-2023-46218");
    put("3.23", "main", "curl", "8.5.0-r0", "CVE-2023-46218");
    put("3.23", "community", "node", "1.0.0-r0", "CVE-2024-1000");
    putNvd(2023, "CVE-2023-46218", "A flaw");
    putNvd(2024, "CVE-2024-1000", "Another flaw");
  }

  static SecdbFeed secdb(String release, String repository) {
    return new SecdbFeed(
        "alpine-%s-%s".formatted(release, repository),
        "v" + release,
        repository,
        "alpine-" + release);
  }

  void put(String release, String repository, String name, String fixed, String cve) {
    source.put(
        "alpine-%s-%s".formatted(release, repository),
        """
        {"distroversion": "v%s", "packages": [{"pkg": {"name": "%s", "secfixes": {
          "%s": ["%s"]}}}]}
        """
            .formatted(release, name, fixed, cve));
  }

  void putNvd(int year, String cve, String description) {
    source.put(
        "nvd-" + year,
        """
        {"vulnerabilities": [
          {"cve": {"id": "CVE-%d-7777777", "vulnStatus": "Analyzed",
            "descriptions": [{"lang": "en", "value": "named by nobody, yet"}]}},
          {"cve": {"id": "%s", "vulnStatus": "Analyzed",
            "descriptions": [{"lang": "en", "value": "%s"}]}}]}
        """
            .formatted(year, cve, description));
  }

  Outcome run(String... only) {
    news.clear();
    source.takeSent();
    now = now.plusSeconds(60);
    return update.run(source, generations, new FeedSelection(List.of(only)), news::add);
  }

  Indexes indexes() {
    return new CurrentIndexes(generations, clock).current().orElseThrow();
  }

  List<String> fixed(String release, String name) {
    return indexes().release("alpine-" + release).orElseThrow().find(name).stream()
        .map(row -> row.versions().bound())
        .toList();
  }

  Optional<String> description(String cve) {
    return indexes().cves().find(cve).map(CveDetails::description);
  }

  <T extends FeedNews> List<T> told(Class<T> type) {
    return news.stream().filter(type::isInstance).map(type::cast).toList();
  }

  String key(String file) {
    String id = generationId();
    return "generations/%s/%s".formatted(id, file);
  }

  private String generationId() {
    return memory.all().stream()
        .filter(item -> item.key().equals(Keys.currentGeneration()))
        .map(item -> item.text("id"))
        .findFirst()
        .orElseThrow();
  }
}
