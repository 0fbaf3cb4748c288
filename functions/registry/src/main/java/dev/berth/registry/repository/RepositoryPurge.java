package dev.berth.registry.repository;

import dev.berth.registry.store.Item;
import dev.berth.registry.store.Keys;
import java.time.Instant;

public final class RepositoryPurge {
  static Item work(Repository repository, Instant now) {
    return Item.at(Keys.purge(now + "#" + repository.id()))
        .number(Keys.FORMAT_ATTRIBUTE, Keys.FORMAT)
        .build();
  }
}
