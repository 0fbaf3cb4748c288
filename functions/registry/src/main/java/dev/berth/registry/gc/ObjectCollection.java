package dev.berth.registry.gc;

import dev.berth.registry.image.FindingsObjects;
import dev.berth.registry.image.ManifestObjects;
import dev.berth.registry.scan.facts.FactsObjects;
import dev.berth.registry.scan.generation.Generations;
import dev.berth.registry.store.Objects;
import dev.berth.registry.store.Objects.OpenMultipart;
import dev.berth.registry.store.Objects.Part;
import dev.berth.registry.store.Objects.Stored;
import dev.berth.registry.store.Walk;
import dev.berth.registry.upload.UploadRemains;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Deletes objects that no upload, blob, manifest, scan or generation of indexes has, and aborts
 * multipart writes that no upload has: what crashes left, and commits and cancels that lost against
 * each other.
 */
final class ObjectCollection {

  private static final int ENTRIES_PER_CALL = 1000;

  private final Objects objects;
  private final UploadRemains uploads;
  private final ManifestObjects manifests;
  private final Generations generations;
  private final FactsObjects facts;
  private final FindingsObjects findings;
  private final GcPeriods periods;
  private final Clock clock;

  ObjectCollection(
      Objects objects,
      UploadRemains uploads,
      ManifestObjects manifests,
      Generations generations,
      FactsObjects facts,
      FindingsObjects findings,
      GcPeriods periods,
      Clock clock) {
    this.objects = objects;
    this.uploads = uploads;
    this.manifests = manifests;
    this.generations = generations;
    this.facts = facts;
    this.findings = findings;
    this.periods = periods;
    this.clock = clock;
  }

  /**
   * @param effective false to change nothing
   */
  Collected run(boolean effective) {
    Instant bound = clock.instant().minus(periods.written());
    List<Collected> pages = new ArrayList<>();
    Walk.pages(
        after -> objects.list(after, ENTRIES_PER_CALL),
        page -> pages.add(collect(page, bound, effective)));
    Walk.pages(
        after -> objects.multiparts(after, ENTRIES_PER_CALL),
        page -> pages.add(abort(page, bound, effective)));
    return pages.stream().reduce(Collected.NOTHING, Collected::plus);
  }

  private Collected collect(List<Stored> page, Instant bound, boolean effective) {
    List<Stored> old = page.stream().filter(it -> !it.writtenAt().isAfter(bound)).toList();
    List<String> keys = old.stream().map(Stored::key).toList();
    Set<String> unused = new HashSet<>(uploads.unused(keys, effective));
    unused.addAll(manifests.unused(keys));
    unused.addAll(generations.unused(keys));
    unused.addAll(facts.unused(keys));
    unused.addAll(findings.unused(keys));
    return remove(
        old.stream().filter(object -> unused.contains(object.key())).toList(),
        Stored::size,
        object -> objects.delete(object.key()),
        effective);
  }

  private Collected abort(List<OpenMultipart> page, Instant bound, boolean effective) {
    List<OpenMultipart> old = page.stream().filter(it -> !it.begunAt().isAfter(bound)).toList();
    Set<String> abandoned =
        uploads.abandoned(old.stream().map(OpenMultipart::key).toList(), effective);
    return remove(
        old.stream().filter(open -> abandoned.contains(open.key())).toList(),
        open -> objects.parts(open.key(), open.id()).stream().mapToLong(Part::size).sum(),
        open -> objects.abort(open.key(), open.id()),
        effective);
  }

  private static <T> Collected remove(
      List<T> things, Function<T, Long> size, Consumer<T> removal, boolean effective) {
    long bytes = things.stream().mapToLong(size::apply).sum();
    if (effective) {
      Deletions.of(things, removal);
    }
    return Collected.objects(things.size(), bytes);
  }
}
