package dev.berth.registry.race;

import dev.berth.registry.store.MemoryTable;
import dev.berth.registry.store.Table;

class MemoryIdentityRacesTest extends IdentityRacesContract {

  private final MemoryTable table = new MemoryTable();

  @Override
  protected Table table() {
    return table;
  }
}
