package dev.berth.local.host;

import dev.berth.core.lifecycle.EvaluationTooLargeException;
import dev.berth.core.lifecycle.Expiration;
import dev.berth.core.lifecycle.Expiration.Reason;
import dev.berth.core.lifecycle.Expiration.Reason.BeyondCount;
import dev.berth.core.lifecycle.Expiration.Reason.Follows;
import dev.berth.core.lifecycle.Expiration.Reason.PulledTooLongAgo;
import dev.berth.core.lifecycle.Expiration.Reason.PushedTooLongAgo;
import dev.berth.core.oci.RepositoryName;
import dev.berth.local.host.LifecycleNews.Expired;
import dev.berth.local.host.LifecycleNews.Failed;
import dev.berth.local.host.LifecycleNews.Found;
import dev.berth.local.host.LifecycleNews.Ran;
import dev.berth.local.host.LifecycleNews.Where;
import dev.berth.local.host.LifecycleNews.WouldExpire;
import dev.berth.registry.RegistryException;
import dev.berth.registry.lifecycle.LifecycleOutcome;
import dev.berth.registry.lifecycle.LifecyclePlan;
import dev.berth.registry.lifecycle.LifecycleRepositories;
import dev.berth.registry.lifecycle.LifecycleRuns;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/** Runs the lifecycle policies of a region's repositories one after another, and tells of it. */
record RegionLifecycle(String region, LifecycleRepositories repositories, LifecycleRuns runs) {

  private static final System.Logger LOG = System.getLogger(RegionLifecycle.class.getName());

  /**
   * @param news takes what comes about; what it throws ends the run at the end of a step
   */
  void run(LifecycleQuestion question, Consumer<LifecycleNews> news) {
    List<Where> all = new ArrayList<>();
    repositories.forEach(
        (account, names) ->
            names.stream()
                .filter(name -> question.isOf(account, name.value()))
                .forEach(name -> all.add(new Where(region, account, name.value()))));
    news.accept(new Found(all.size()));
    all.forEach(where -> runOne(where, question.dry(), news));
  }

  /** Whatever is wrong with one repository, the others are not to wait for it. */
  private void runOne(Where where, boolean dry, Consumer<LifecycleNews> news) {
    try {
      if (dry) {
        plan(where, news);
      } else {
        expire(where, news);
      }
    } catch (UncheckedIOException clientIsGone) {
      throw clientIsGone;
    } catch (RegistryException | EvaluationTooLargeException e) {
      news.accept(new Failed(where, e.getMessage()));
    } catch (RuntimeException e) {
      LOG.log(System.Logger.Level.ERROR, "lifecycle policy of " + where + " failed", e);
      news.accept(new Failed(where, e.toString()));
    }
  }

  private void plan(Where where, Consumer<LifecycleNews> news) {
    runs.plan(where.account(), new RepositoryName(where.repository()))
        .ifPresent(plan -> tell(where, plan, news));
  }

  private static void tell(Where where, LifecyclePlan plan, Consumer<LifecycleNews> news) {
    var expired = new TreeMap<Integer, Integer>();
    for (Expiration expiration : plan.expirations()) {
      expired.merge(expiration.rulePriority(), 1, Integer::sum);
      var image = expiration.image();
      news.accept(
          new WouldExpire(
              where,
              image.digest().toString(),
              image.tags(),
              image.pushedAt().toString(),
              expiration.rulePriority(),
              words(expiration.reason())));
    }
    news.accept(new Ran(where, plan.stock().images().size(), expired, 0));
  }

  private static String words(Reason reason) {
    return switch (reason) {
      case BeyondCount(int younger) -> "images that are younger: " + younger;
      case PushedTooLongAgo() -> "pushed too long ago";
      case PulledTooLongAgo() -> "not pulled for too long";
      case Follows(var image) -> "goes with " + image;
    };
  }

  /** As often as it takes: a run of very many images ends before it is done. */
  private void expire(Where where, Consumer<LifecycleNews> news) {
    var expired = new TreeMap<Integer, Integer>();
    int images = 0;
    LifecycleOutcome outcome;
    do {
      var told = new AtomicInteger();
      outcome =
          runs.run(
              where.account(),
              new RepositoryName(where.repository()),
              gone -> news.accept(new Expired(gone - told.getAndSet(gone))));
      images = Math.max(images, outcome.images());
      outcome.expired().forEach((rule, count) -> expired.merge(rule, count, Integer::sum));
    } while (!outcome.finished());
    news.accept(new Ran(where, images, expired, outcome.left()));
  }
}
