package dev.berth.lambda.lifecycle;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.aws.AwsStores;
import dev.berth.core.oci.Digest;
import dev.berth.core.oci.MediaTypes;
import dev.berth.registry.image.ImageInventory;
import dev.berth.registry.image.Registry;
import dev.berth.registry.store.Action;
import dev.berth.registry.store.Item;
import dev.berth.registry.store.Keys;
import dev.berth.registry.store.Table;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What an evaluation reads of DynamoDB: pages of 1 MB, and the manifests of indexes 25 at once. */
class LifecycleReadsTest {

  private static final String REPOSITORY = "7b6e9a52-0d0a-4b4e-9a53-0f3b7c1f2a10";
  private static final int IMAGES = 4000;
  private static final int INDEXES = 40;

  @TempDir Path directory;

  @Test
  void fourThousandImagesTakeAQueryPerMegabyteAndABatchPerTwentyFiveIndexes() throws Exception {
    try (var stores = new AwsStores(directory)) {
      fill(stores.table());
      stores.calls().take();

      var stock = new ImageInventory(stores.table(), stores.objects()).stock(REPOSITORY);

      assertThat(stock.images()).hasSize(IMAGES);
      assertThat(stock.images()).filteredOn(image -> !image.children().isEmpty()).hasSize(INDEXES);
      Map<String, Integer> calls = stores.calls().take();
      assertThat(calls).containsOnlyKeys("DynamoDb.Query", "DynamoDb.BatchGetItem");
      assertThat(calls.get("DynamoDb.Query")).isBetween(2, 4);
      assertThat(calls.get("DynamoDb.BatchGetItem")).isEqualTo(2);
    }
  }

  private static void fill(Table table) {
    List<Action> actions = new ArrayList<>();
    for (int i = 0; i < IMAGES; i++) {
      boolean index = i % (IMAGES / INDEXES) == 1;
      actions.add(Action.put(image(i, index)));
      actions.add(Action.put(row(i)));
      if (index) {
        actions.add(Action.put(manifest(i)));
      }
      if (actions.size() > Table.MOST - 3 || i == IMAGES - 1) {
        table.transact(List.copyOf(actions));
        actions.clear();
      }
    }
  }

  private static Digest digest(int number) {
    return Digest.sha256(("image " + number).getBytes(UTF_8));
  }

  private static Item image(int number, boolean index) {
    return Item.at(Keys.image(REPOSITORY, digest(number)))
        .number("v", 1)
        .text("mediaType", index ? MediaTypes.OCI_INDEX : MediaTypes.OCI_IMAGE)
        .text("artifactType", MediaTypes.OCI_CONFIG)
        .number("size", 30_000_000)
        .number("pushedAt", Instant.EPOCH.toEpochMilli())
        .number("tagCount", 1)
        .number("tagChanges", 0)
        .number("parentCount", 0)
        .text("state", "ACTIVE")
        .build();
  }

  private static Item row(int number) {
    return Item.at(Keys.imageTag(REPOSITORY, digest(number), "v" + number)).number("v", 1).build();
  }

  private static Item manifest(int number) {
    return Item.at(Keys.manifest(REPOSITORY, digest(number)))
        .number("v", 1)
        .number("size", 1)
        .binary("bytes", Registry.index(digest(number - 1)).getBytes(UTF_8))
        .build();
  }
}
