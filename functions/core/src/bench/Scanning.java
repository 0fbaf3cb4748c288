package dev.berth.bench;

import dev.berth.core.scan.InstalledPackage;
import dev.berth.core.scan.Severity;
import dev.berth.core.scan.catalog.Distributions;
import dev.berth.core.scan.cvss.Cvss;
import dev.berth.core.scan.distribution.Distribution;
import dev.berth.core.scan.feed.Feed;
import dev.berth.core.scan.feed.GenerationBuilder;
import dev.berth.core.scan.index.Advisory;
import dev.berth.core.scan.index.AffectedPackage;
import dev.berth.core.scan.index.AffectedVersions;
import dev.berth.core.scan.index.Capacity;
import dev.berth.core.scan.index.CveDetails;
import dev.berth.core.scan.index.CveIndex;
import dev.berth.core.scan.index.CveIndexBuilder;
import dev.berth.core.scan.index.CveSource;
import dev.berth.core.scan.index.ReleaseIndex;
import dev.berth.core.scan.index.ReleaseIndexBuilder;
import dev.berth.core.scan.match.Findings;
import dev.berth.core.scan.match.ImageMatcher;
import java.io.IOException;
import java.io.InputStream;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;

/** Measures with processor time, which other work on the machine does not change. */
public final class Scanning {

  private static final int ROUNDS = 15;
  private static final int PACKAGES = 300;
  private static final int MADE_ROWS = 300_000;
  private static final int MADE_CVES = 60_000;

  private Scanning() {}

  public static void main(String[] arguments) throws Exception {
    switch (arguments[0]) {
      case "import" -> importFeed(Path.of(arguments[1]), Path.of(arguments[2]));
      case "make" -> make(Path.of(arguments[1]));
      case "match" -> match(Path.of(arguments[1]), arguments[2]);
      default -> throw new IllegalArgumentException(arguments[0]);
    }
  }

  private static void importFeed(Path export, Path indexes) throws Exception {
    Feed feed =
        Distributions.feeds().stream().filter(it -> it.name().equals("alma")).findFirst().get();
    report("import", () -> imported(feed, export));
    System.out.printf("import: at most %d MB of heap used%n", peak() >> 20);
    write(imported(feed, export), indexes);
  }

  private static Map<String, byte[]> imported(Feed feed, Path export) throws IOException {
    GenerationBuilder builder = new GenerationBuilder(Instant.now());
    try (InputStream in = Files.newInputStream(export)) {
      builder.read(feed, Instant.now(), in);
    }
    return builder.build().files();
  }

  /** Of the size of Debian's, and with what NVD knows of each vulnerability. */
  private static void make(Path indexes) throws IOException {
    ReleaseIndexBuilder release = new ReleaseIndexBuilder(new Capacity());
    for (int i = 0; i < MADE_ROWS; i++) {
      String cve = cve(i % MADE_CVES);
      release.add(
          AffectedPackage.of(
              "package-" + i % 5000,
              AffectedVersions.before("", "1:1.%d-%d+deb12u1".formatted(i % 100, i % 7)),
              new Advisory(cve, List.of(cve), Severity.UNDEFINED, "https://tracker/" + cve)));
    }
    CveIndexBuilder cves = new CveIndexBuilder(new Capacity());
    for (int i = 0; i < MADE_CVES; i++) {
      Cvss cvss = Cvss.ofVersion3("CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H").get();
      cves.add(new CveDetails(cve(i), Optional.of(cvss), Optional.of(cvss), "x".repeat(400)));
    }
    write(Map.of("debian-12", release.build(), "cves-2024", cves.build()), indexes);
  }

  private static String cve(int number) {
    return "CVE-2024-%d".formatted(10_000 + number);
  }

  private static void write(Map<String, byte[]> files, Path indexes) throws IOException {
    Files.createDirectories(indexes);
    for (Map.Entry<String, byte[]> file : files.entrySet()) {
      Files.write(indexes.resolve(file.getKey()), file.getValue());
    }
  }

  private static void match(Path indexes, String name) throws Exception {
    byte[] release = Files.readAllBytes(indexes.resolve(name));
    byte[][] cves = cves(indexes);
    int size = release.length + Arrays.stream(cves).mapToInt(file -> file.length).sum();
    System.out.printf(
        "%s: %d rows, %.2f MB, with CVEs %.2f MB%n",
        name, ReleaseIndex.read(release).size(), release.length / 1e6, size / 1e6);
    report(name + ": load", () -> ReleaseIndex.read(release));
    report(name + ": load CVEs", () -> all(cves));
    Distribution distribution =
        Distributions.ALL.stream()
            .filter(it -> name.equals(it.index(name.substring(name.indexOf('-') + 1))))
            .findFirst()
            .get();
    List<InstalledPackage> installed = installed(ReleaseIndex.read(release));
    System.out.printf("%s: findings %d%n", name, found(distribution, release, cves, installed));
    report(name + ": load all and match", () -> found(distribution, release, cves, installed));
    ImageMatcher warm = new ImageMatcher(distribution, ReleaseIndex.read(release), all(cves));
    report(name + ": match, loaded", () -> warm.match(installed).all().size());
    System.out.printf("%s: at most %d MB of heap used%n", name, peak() >> 20);
  }

  private static byte[][] cves(Path indexes) throws IOException {
    List<byte[]> files = new ArrayList<>();
    try (Stream<Path> all = Files.list(indexes)) {
      for (Path file : all.filter(it -> it.getFileName().toString().startsWith("cves")).toList()) {
        files.add(Files.readAllBytes(file));
      }
    }
    return files.toArray(byte[][]::new);
  }

  private static CveSource all(byte[][] files) {
    return CveSource.of(Arrays.stream(files).map(CveIndex::read).toList());
  }

  private static int found(
      Distribution distribution, byte[] release, byte[][] cves, List<InstalledPackage> installed) {
    Findings findings =
        new ImageMatcher(distribution, ReleaseIndex.read(release), all(cves)).match(installed);
    return findings.all().size();
  }

  /** Packages that the index knows, each in the version of one of its fixes. */
  private static List<InstalledPackage> installed(ReleaseIndex index) {
    List<String> names = index.rows().map(AffectedPackage::name).distinct().toList();
    return Stream.iterate(0, i -> i + names.size() / PACKAGES)
        .limit(PACKAGES)
        .map(i -> installed(index.find(names.get(i))))
        .toList();
  }

  private static InstalledPackage installed(List<AffectedPackage> rows) {
    AffectedPackage row = rows.get(rows.size() / 2);
    String version = row.versions().bound();
    return new InstalledPackage(
        row.name(), version, "x86_64", row.name(), version, Optional.empty());
  }

  private static void report(String what, Callable<?> work) throws Exception {
    long[] nanos = new long[ROUNDS];
    for (int round = 0; round < ROUNDS; round++) {
      long begin = processorTime();
      work.call();
      nanos[round] = processorTime() - begin;
    }
    long first = nanos[0];
    Arrays.sort(nanos);
    System.out.printf(
        "%s: first %.2f ms, median %.2f ms%n", what, first / 1e6, nanos[ROUNDS / 2] / 1e6);
  }

  private static long processorTime() {
    return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
  }

  private static long peak() {
    return ManagementFactory.getMemoryPoolMXBeans().stream()
        .filter(pool -> pool.getType() == MemoryType.HEAP)
        .map(MemoryPoolMXBean::getPeakUsage)
        .mapToLong(usage -> usage.getUsed())
        .sum();
  }
}
