package dev.berth.registry.store;

class MemoryTableTest extends TableContract {

  private final MemoryTable table = new MemoryTable();

  @Override
  public Table table() {
    return table;
  }
}
