package dev.berth.registry.lifecycle;

import dev.berth.core.lifecycle.LifecycleEvaluation;
import dev.berth.core.lifecycle.LifecyclePolicy;
import dev.berth.registry.RegistryException.KmsFailed;
import dev.berth.registry.image.ImageInventory;
import dev.berth.registry.store.Action;
import dev.berth.registry.store.Table;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.List;

/**
 * Evaluates previews that have begun. It never deletes an image. It may run anywhere and at any
 * time after {@link Previews#start}, and be broken off anywhere: its results count once the preview
 * is complete, and a preview that does not end in time has failed.
 */
public final class PreviewEvaluation {

  private static final Logger LOG = System.getLogger(PreviewEvaluation.class.getName());

  private final Table table;
  private final ImageInventory inventory;
  private final PreviewResults results;

  public PreviewEvaluation(Table table, ImageInventory inventory) {
    this.table = table;
    this.inventory = inventory;
    this.results = new PreviewResults(table);
  }

  /** Brings a preview to its end: complete or, for whatever reason, failed. */
  public void run(Preview preview) {
    try {
      evaluate(preview);
    } catch (KmsFailed refused) {
      LOG.log(
          Level.WARNING,
          "lifecycle policy preview " + preview.run() + " failed: " + refused.getMessage());
      end(preview, preview.failed());
    } catch (RuntimeException e) {
      LOG.log(Level.ERROR, "lifecycle policy preview " + preview.run() + " failed", e);
      end(preview, preview.failed());
    }
  }

  private void evaluate(Preview preview) {
    results.removeOthers(preview);
    var policy = LifecyclePolicy.parse(preview.policyText());
    List<ExpiringImage> expiring =
        LifecycleEvaluation.evaluate(
                policy, inventory.stock(preview.repositoryId()).images(), preview.startedAt())
            .stream()
            .map(ExpiringImage::of)
            .toList();
    results
        .write(preview, expiring)
        .ifPresent(parts -> end(preview, preview.completed(expiring.size(), parts)));
  }

  /** Nothing happens where another preview has taken this one's place. */
  private void end(Preview preview, Preview ended) {
    table.transact(Action.put(PreviewItem.write(ended), PreviewItem.isRun(preview.run())));
  }
}
