import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.management.ThreadMXBean;
import dev.berth.core.lifecycle.LifecycleEvaluation;
import dev.berth.core.lifecycle.LifecyclePolicy;
import dev.berth.core.oci.Digest;
import dev.berth.core.oci.MediaTypes;
import dev.berth.local.sqlite.SqliteTable;
import dev.berth.registry.image.ImageInventory;
import dev.berth.registry.store.Action;
import dev.berth.registry.store.ForwardingTable;
import dev.berth.registry.store.Item;
import dev.berth.registry.store.Key;
import dev.berth.registry.store.Keys;
import dev.berth.registry.store.Limits;
import dev.berth.registry.store.Outcome;
import dev.berth.registry.store.Page;
import dev.berth.registry.store.Table;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * What the evaluation of a lifecycle policy takes. Arguments:
 *
 * <ul>
 *   <li>{@code fill FILE IMAGES}: a table of SQLite with a repository of so many images
 *   <li>{@code sqlite FILE IMAGES ROUNDS}: reads and evaluates it, and prints a row of Markdown
 *   <li>{@code memory - IMAGES ROUNDS}: the same of a table that makes items up as they are asked
 * </ul>
 *
 * Of ten images one is an index of two others, one refers to another, and seven have two tags.
 */
final class Lifecycle {

  private static final Instant NOW = Instant.parse("2026-01-31T12:00:00Z");
  private static final String REPOSITORY = "7b6e9a52-0d0a-4b4e-9a53-0f3b7c1f2a10";
  private static final int ROWS_PER_TRANSACTION = 100;

  private static final LifecyclePolicy POLICY =
      LifecyclePolicy.parse(
          """
          {"rules": [
            {"rulePriority": 1, "selection": {"tagStatus": "tagged", "tagPatternList": ["v*-rc*"],
              "countType": "imageCountMoreThan", "countNumber": 10}, "action": {"type": "expire"}},
            {"rulePriority": 2, "selection": {"tagStatus": "untagged",
              "countType": "sinceImagePushed", "countUnit": "days", "countNumber": 14},
              "action": {"type": "expire"}},
            {"rulePriority": 3, "selection": {"tagStatus": "any",
              "countType": "imageCountMoreThan", "countNumber": 500}, "action": {"type": "expire"}}]}
          """);

  private Lifecycle() {}

  public static void main(String[] arguments) {
    int images = Integer.parseInt(arguments[2]);
    switch (arguments[0]) {
      case "fill" -> fill(Path.of(arguments[1]), images);
      case "sqlite" -> {
        try (var table = SqliteTable.open(Path.of(arguments[1]))) {
          measure("SQLite", table, images, Integer.parseInt(arguments[3]));
        }
      }
      case "memory" -> measure("memory", madeUp(images), images, Integer.parseInt(arguments[3]));
      default -> throw new IllegalArgumentException(arguments[0]);
    }
  }

  // ---- what is there ---------------------------------------------------------------------------

  private static Digest digest(int number) {
    return Digest.sha256(("image " + number).getBytes(UTF_8));
  }

  /** The rows of an image, itself first. */
  private static List<Item> rows(int number) {
    Digest digest = digest(number);
    int kind = number % 10;
    int tags = kind < 2 || kind == 3 ? 0 : 2;
    var image =
        Item.at(Keys.image(REPOSITORY, digest))
            .number("v", 1)
            .text("mediaType", kind == 2 ? MediaTypes.OCI_INDEX : MediaTypes.OCI_IMAGE)
            .text("artifactType", "application/vnd.oci.image.config.v1+json")
            .number("size", 30_000_000 + number)
            .number("pushedAt", NOW.minus(Duration.ofMinutes(number)).toEpochMilli())
            .number("lastPulledAt", NOW.minus(Duration.ofMinutes(number / 2)).toEpochMilli())
            .number("tagCount", tags)
            .number("tagChanges", tags)
            .number("parentCount", kind < 2 ? 1 : 0)
            .text("state", "ACTIVE");
    if (kind == 3) {
      image.text("subject", digest(number - 1).toString());
    }
    List<Item> rows = new ArrayList<>(List.of(image.build()));
    if (tags > 0) {
      for (String tag : List.of("sha-" + digest.hex().substring(0, 12), "v" + number + "-rc1")) {
        rows.add(Item.at(Keys.imageTag(REPOSITORY, digest, tag)).number("v", 1).build());
      }
    }
    return rows;
  }

  private static Item manifest(int index) {
    String child =
        "{\"mediaType\":\"%s\",\"digest\":\"%s\",\"size\":1500,\"platform\":{\"os\":\"linux\","
            + "\"architecture\":\"amd64\"}}";
    String text =
        "{\"schemaVersion\":2,\"mediaType\":\"%s\",\"manifests\":[%s,%s]}"
            .formatted(
                MediaTypes.OCI_INDEX,
                child.formatted(MediaTypes.OCI_IMAGE, digest(index - 1)),
                child.formatted(MediaTypes.OCI_IMAGE, digest(index - 2)));
    return Item.at(Keys.manifest(REPOSITORY, digest(index)))
        .number("v", 1)
        .number("size", text.length())
        .binary("bytes", text.getBytes(UTF_8))
        .build();
  }

  private static void fill(Path file, int images) {
    try (var table = SqliteTable.open(file)) {
      List<Action> actions = new ArrayList<>();
      for (int i = 0; i < images; i++) {
        rows(i).forEach(row -> actions.add(Action.put(row)));
        if (i % 10 == 2) {
          actions.add(Action.put(manifest(i)));
        }
        if (actions.size() > ROWS_PER_TRANSACTION - 5 || i == images - 1) {
          table.transact(List.copyOf(actions));
          actions.clear();
        }
      }
    }
  }

  /** Keeps no items, which would take more memory than what is measured. */
  private static Table madeUp(int images) {
    int[] byDigest =
        IntStream.range(0, images)
            .boxed()
            .sorted(Comparator.comparing(Lifecycle::digest))
            .mapToInt(Integer::intValue)
            .toArray();
    Map<Key, Integer> indexes = new HashMap<>();
    for (int i = 2; i < images; i += 10) {
      indexes.put(Keys.manifest(REPOSITORY, digest(i)), i);
    }
    return new MadeUp(byDigest, indexes);
  }

  private static final class MadeUp extends ForwardingTable {

    private final int[] byDigest;
    private final Map<Key, Integer> indexes;

    MadeUp(int[] byDigest, Map<Key, Integer> indexes) {
      super(
          (Table)
              Proxy.newProxyInstance(
                  Lifecycle.class.getClassLoader(),
                  new Class<?>[] {Table.class},
                  (p, m, a) -> null));
      this.byDigest = byDigest;
      this.indexes = indexes;
    }

    /** A position is the number of an image among those by digest. */
    @Override
    public Page<Item> query(
        String partition, String prefix, Optional<String> after, int limit, Consistency any) {
      int at = after.map(Integer::parseInt).orElse(0);
      List<Item> page = new ArrayList<>();
      long bytes = 0;
      while (at < byDigest.length && page.size() + 3 <= limit && bytes < Limits.PAGE_BYTES) {
        for (Item row : rows(byDigest[at++])) {
          page.add(row);
          bytes += Limits.size(row);
        }
      }
      return new Page<>(page, at == byDigest.length ? Optional.empty() : Optional.of("" + at));
    }

    @Override
    public Map<Key, Item> get(Collection<Key> keys, Consistency any) {
      Map<Key, Item> items = new HashMap<>();
      keys.forEach(key -> items.put(key, manifest(indexes.get(key))));
      return items;
    }

    @Override
    public Outcome transact(List<Action> actions) {
      throw new UnsupportedOperationException();
    }
  }

  // ---- what it takes ---------------------------------------------------------------------------

  /** Counts calls, rows, and capacity as DynamoDB would: 4 KB a unit, strongly consistent. */
  private static final class Counting extends ForwardingTable {

    private int queries;
    private int gets;
    private long rows;
    private long units;

    Counting(Table table) {
      super(table);
    }

    @Override
    public Page<Item> query(
        String partition, String prefix, Optional<String> after, int limit, Consistency how) {
      var page = super.query(partition, prefix, after, limit, how);
      queries++;
      rows += page.entries().size();
      units += units(page.entries().stream().mapToLong(Limits::size).sum());
      return page;
    }

    @Override
    public Map<Key, Item> get(Collection<Key> keys, Consistency how) {
      var items = super.get(keys, how);
      gets++;
      items.values().forEach(item -> units += units(Limits.size(item)));
      return items;
    }

    private static long units(long bytes) {
      return (bytes + 4095) / 4096;
    }
  }

  private static void measure(String name, Table table, int images, int rounds) {
    long[] reading = new long[rounds];
    long[] evaluating = new long[rounds];
    long allocatedByReading = 0;
    long allocatedByEvaluating = 0;
    int expired = 0;
    Counting counting = new Counting(table);
    for (int round = 0; round < rounds; round++) {
      counting = new Counting(table);
      System.gc();
      heaps().forEach(MemoryPoolMXBean::resetPeakUsage);
      long allocated = allocated();
      long begun = cpu();
      var stock = new ImageInventory(counting, null).stock(REPOSITORY);
      reading[round] = cpu() - begun;
      allocatedByReading = allocated() - allocated;
      allocated = allocated();
      begun = cpu();
      expired = LifecycleEvaluation.evaluate(POLICY, stock.images(), NOW).size();
      evaluating[round] = cpu() - begun;
      allocatedByEvaluating = allocated() - allocated;
    }
    System.out.printf(
        "| %,d | %s | %.0f | %.0f | %.0f | %.0f | %.0f | %d | %d | %,d | %,d |%n",
        images,
        name,
        millis(reading),
        millis(evaluating),
        allocatedByReading / 1e6,
        allocatedByEvaluating / 1e6,
        heaps().stream().mapToLong(pool -> pool.getPeakUsage().getUsed()).sum() / 1e6,
        counting.queries,
        counting.gets,
        counting.units,
        expired);
  }

  private static List<MemoryPoolMXBean> heaps() {
    return ManagementFactory.getMemoryPoolMXBeans().stream()
        .filter(pool -> pool.getType() == MemoryType.HEAP)
        .toList();
  }

  private static long allocated() {
    return ((ThreadMXBean) ManagementFactory.getThreadMXBean()).getCurrentThreadAllocatedBytes();
  }

  /** Of this thread: other work on the machine does not count. */
  private static long cpu() {
    return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
  }

  private static double millis(long[] nanos) {
    long[] sorted = nanos.clone();
    Arrays.sort(sorted);
    return sorted[sorted.length / 2] / 1e6;
  }
}
