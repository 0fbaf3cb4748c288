package dev.berth.registry.race;

import dev.berth.registry.store.MemoryObjects;
import dev.berth.registry.store.MemoryTable;
import dev.berth.registry.store.Objects;
import dev.berth.registry.store.Table;

class MemoryCollectionRacesTest extends CollectionRaces {

  private final MemoryTable table = new MemoryTable();
  private final MemoryObjects objects = new MemoryObjects(640);

  @Override
  protected Table table() {
    return table;
  }

  @Override
  protected Objects store() {
    return objects;
  }
}
