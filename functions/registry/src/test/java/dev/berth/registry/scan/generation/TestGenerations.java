package dev.berth.registry.scan.generation;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.berth.core.scan.feed.GenerationBuilder;
import dev.berth.core.scan.feed.nvd.NvdFeed;
import dev.berth.core.scan.feed.secdb.SecdbFeed;
import java.io.ByteArrayInputStream;
import java.time.Instant;

/** Small generations to be stored. */
public final class TestGenerations {

  private static final String SECDB =
      """
      {"distroversion": "v%s", "packages": [{"pkg": {"name": "curl", "secfixes": {
        "%s": ["CVE-2023-46218", "CVE-2024-1000"]}}}]}
      """;

  private static final String NVD =
      """
      {"vulnerabilities": [{"cve": {"id": "CVE-2023-46218", "vulnStatus": "Analyzed",
        "descriptions": [{"lang": "en", "value": "A flaw"}]}}]}
      """;

  private TestGenerations() {}

  /** Of Alpine 3.22 and 3.23, and of CVEs of 2023: curl is fixed in some version. */
  public static GenerationBuilder.Result fixedIn(String version, Instant now) {
    GenerationBuilder builder = new GenerationBuilder(now);
    read(builder, secdb("3.22"), SECDB.formatted("3.22", version), now);
    read(builder, secdb("3.23"), SECDB.formatted("3.23", version), now);
    builder.read(NvdFeed.ofYear(2023), now, new ByteArrayInputStream(NVD.getBytes(UTF_8)));
    return builder.build();
  }

  private static SecdbFeed secdb(String release) {
    return new SecdbFeed(
        "alpine-%s-main".formatted(release), "v" + release, "main", "alpine-" + release);
  }

  private static void read(GenerationBuilder to, SecdbFeed feed, String json, Instant now) {
    to.read(feed, now, new ByteArrayInputStream(json.getBytes(UTF_8)));
  }

  /** Writes all files, and does not put them in force. */
  public static NewGeneration begin(Generations generations, GenerationBuilder.Result result) {
    NewGeneration begun = generations.begin();
    result.files().forEach(begun::put);
    return begun;
  }

  /** Puts one in force. */
  public static void put(Generations generations, GenerationBuilder.Result result) {
    if (!begin(generations, result).commit(result.generation())) {
      throw new IllegalStateException("another was put in force");
    }
  }
}
