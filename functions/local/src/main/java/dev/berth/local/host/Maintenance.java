package dev.berth.local.host;

import dev.berth.core.secret.DeploymentSecret.Purpose;
import dev.berth.local.bus.LocalBus;
import dev.berth.local.files.LinkSigner;
import dev.berth.local.host.HostSettings.ObjectStore;
import dev.berth.local.host.HostSettings.Stores;
import dev.berth.local.host.HostSettings.TableStore;
import dev.berth.registry.fsck.Check;
import dev.berth.registry.gc.Collected;
import dev.berth.registry.gc.GarbageCollection;
import dev.berth.registry.gc.GcPeriods;
import dev.berth.registry.lifecycle.ExpirationAudit;
import dev.berth.registry.lifecycle.LifecycleRepositories;
import dev.berth.registry.lifecycle.LifecycleRuns;
import dev.berth.registry.outbox.DeadChanges;
import dev.berth.registry.scan.generation.Generations;
import dev.berth.registry.scan.update.FeedNews;
import dev.berth.registry.store.StoreException;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * Work on a data directory from the command line. Where a host runs, it is asked to do it; else
 * this process opens the directory, and keeps hosts out of it meanwhile.
 *
 * <p>All methods throw {@link SetupException} where there is no such directory or it cannot be
 * used.
 */
public final class Maintenance {

  private static final Stores HERE = new Stores(TableStore.sqlite, ObjectStore.files);

  /** It is for the host to say how long records are kept. */
  private static final int KEEP_ALL = 0;

  private final Path directory;

  public Maintenance(Path directory) {
    this.directory = directory;
    if (!Files.isDirectory(directory)) {
      throw new SetupException("there is no data directory " + directory);
    }
  }

  /**
   * Collects garbage: by a host that runs in the periods in which clients may rely on what they
   * found, else at once and completely.
   *
   * @param dry only to say what would be freed
   */
  public List<RegionCollected> collect(boolean dry) {
    Optional<DataDirectory> free = DataDirectory.openIfFree(directory);
    return free.isEmpty()
        ? ask(dry)
        : eachRegion(free.get(), stores -> collectAlone(stores, dry)).stream()
            .map(region -> new RegionCollected(region.name(), region.result()))
            .toList();
  }

  private static Collected collectAlone(RegionStores stores, boolean dry) {
    var collection =
        new GarbageCollection(
            stores.table(), stores.objects(), GcPeriods.alone(), Clock.systemUTC());
    if (dry) {
      return collection.dryRun();
    }
    Collected announced = collection.run();
    Collected removed = announced.announced() > 0 ? collection.run() : Collected.NOTHING;
    // what the first announced the second removed
    return announced.plus(removed).withoutAnnounced();
  }

  /**
   * Puts dead letters back, to be delivered by the host that runs or else by the next one that has
   * their rule. A host that runs leaves those of rules that it does not have.
   *
   * @param rule as {@link Redriven} says; empty for all
   * @return a rule may have none
   */
  public List<Redriven> redrive(Optional<String> rule) {
    Optional<DataDirectory> free = DataDirectory.openIfFree(directory);
    if (free.isPresent()) {
      return redriveAlone(free.get(), rule.map(Redriven::named).orElse(_ -> true));
    }
    List<Redriven> rules = new ArrayList<>();
    new ControlClient(directory)
        .ask(RedriveCommand.question(rule), line -> rules.add(Redriven.ofLine(line)));
    return rules;
  }

  private static List<Redriven> redriveAlone(DataDirectory data, Predicate<String> wanted) {
    try (data;
        LocalBus bus = LocalBus.open(data.path(), List.of())) {
      List<Redriven> all = new ArrayList<>(redriveOutboxes(data, wanted));
      bus.redrive(wanted).forEach((rule, events) -> all.add(Redriven.putBack(rule, events)));
      return all;
    } catch (StoreException e) {
      throw new SetupException(e.getMessage());
    }
  }

  private static List<Redriven> redriveOutboxes(DataDirectory data, Predicate<String> wanted) {
    return eachRegion(
            data,
            region -> wanted.test(Redriven.outbox(region)),
            stores -> new DeadChanges(stores.table()).redrive())
        .stream()
        .map(region -> Redriven.putBack(Redriven.outbox(region.name()), region.result()))
        .toList();
  }

  /**
   * Runs lifecycle policies, or says what they would expire. Without a host, the events of what
   * goes are told by the next one.
   *
   * @param news takes what comes about, region by region
   */
  public void expire(LifecycleQuestion question, Consumer<LifecycleNews> news) {
    Optional<DataDirectory> free = DataDirectory.openIfFree(directory);
    if (free.isPresent()) {
      expireAlone(free.get(), question, news);
    } else {
      new ControlClient(directory)
          .ask(LifecycleCommand.question(question), line -> news.accept(LifecycleLine.read(line)));
    }
  }

  private static void expireAlone(
      DataDirectory data, LifecycleQuestion question, Consumer<LifecycleNews> news) {
    var clock = Clock.systemUTC();
    try (data;
        var audit = data.openAudit(KEEP_ALL, clock)) {
      List<String> regions = data.regions();
      if (question.region().filter(region -> !regions.contains(region)).isPresent()) {
        throw new SetupException("there is no region " + question.region().get() + " there");
      }
      eachRegion(
          data,
          region -> question.region().orElse(region).equals(region),
          stores -> {
            var records = new ExpirationAudit(audit, stores.region(), clock);
            new RegionLifecycle(
                    stores.region(),
                    new LifecycleRepositories(stores.table()),
                    LifecycleRuns.over(stores.table(), stores.objects(), records, clock))
                .run(question, news);
            return question;
          });
    } catch (StoreException e) {
      throw new SetupException(e.getMessage());
    } catch (IOException e) {
      throw new SetupException("the records of what expired: " + e.getMessage());
    }
  }

  /**
   * Imports feeds for all regions.
   *
   * @param news takes what comes about
   */
  public void updateFeeds(FeedsQuestion question, Consumer<FeedNews> news) {
    Optional<DataDirectory> free = DataDirectory.openIfFree(directory);
    if (free.isPresent()) {
      allRegions(
          free.get(),
          feeds -> {
            feeds.run(question, news);
            return question;
          });
    } else {
      new ControlClient(directory)
          .ask(FeedsCommand.question(question), line -> news.accept(FeedsLine.read(line)));
    }
  }

  /** What was imported, of each region that has something. */
  public List<FeedsStatus> feeds() {
    Optional<DataDirectory> free = DataDirectory.openIfFree(directory);
    if (free.isPresent()) {
      return allRegions(free.get(), RegionFeeds::status);
    }
    List<FeedsStatus> regions = new ArrayList<>();
    new ControlClient(directory)
        .ask(FeedsCommand.STATUS, line -> regions.add(FeedsStatus.ofLine(line)));
    return regions;
  }

  /** With the stores of all regions open at once. */
  private static <T> T allRegions(DataDirectory data, Function<RegionFeeds, T> work) {
    List<AutoCloseable> opened = new ArrayList<>(List.of(data));
    try {
      var feeds = new RegionFeeds();
      for (String region : data.regions()) {
        RegionStores stores = RegionStores.open(region, data.region(region), HERE, links(data));
        opened.add(stores);
        feeds.add(region, new Generations(stores.table(), stores.objects(), Clock.systemUTC()));
      }
      return work.apply(feeds);
    } catch (StoreException e) {
      throw new SetupException(e.getMessage());
    } finally {
      Closing.all(opened.reversed());
    }
  }

  private List<RegionCollected> ask(boolean dry) {
    List<RegionCollected> regions = new ArrayList<>();
    new ControlClient(directory)
        .ask(CollectCommand.question(dry), line -> regions.add(RegionCollected.ofLine(line)));
    return regions;
  }

  /**
   * Checks all regions, none of which a host may serve meanwhile.
   *
   * @param faults called with the region and each fault
   * @return how many there are
   */
  public long check(boolean repair, BiConsumer<String, String> faults) {
    DataDirectory data =
        DataDirectory.openIfFree(directory)
            .orElseThrow(
                () ->
                    new SetupException(
                        "a host uses "
                            + directory
                            + ": stop it, as what it writes would look like"
                            + " faults"));
    return eachRegion(
            data,
            stores ->
                new Check(stores.table(), stores.objects(), Clock.systemUTC())
                    .run(repair, fault -> faults.accept(stores.region(), fault)))
        .stream()
        .mapToLong(Region::result)
        .sum();
  }

  private record Region<T>(String name, T result) {}

  private static <T> List<Region<T>> eachRegion(
      DataDirectory data, Function<RegionStores, T> work) {
    try (data) {
      return eachRegion(data, any -> true, work);
    }
  }

  private static <T> List<Region<T>> eachRegion(
      DataDirectory data, Predicate<String> wanted, Function<RegionStores, T> work) {
    LinkSigner links = links(data);
    List<Region<T>> results = new ArrayList<>();
    for (String region : data.regions().stream().filter(wanted).toList()) {
      try (var stores = RegionStores.open(region, data.region(region), HERE, links)) {
        results.add(new Region<>(region, work.apply(stores)));
      }
    }
    return results;
  }

  private static LinkSigner links(DataDirectory data) {
    return new LinkSigner(
        data.secret().sealer(Purpose.SIGNED_LINK),
        () -> URI.create("http://localhost"),
        Clock.systemUTC());
  }
}
