package dev.berth.registry.fsck;

import dev.berth.registry.store.Action;
import dev.berth.registry.store.Table;
import java.util.function.Consumer;

/** Where faults are told and counted, and repaired where that is wanted and can be. */
final class Faults {

  private final Table table;
  private final boolean repair;
  private final Consumer<String> told;
  private long count;

  Faults(Table table, boolean repair, Consumer<String> told) {
    this.table = table;
    this.repair = repair;
    this.told = told;
  }

  long count() {
    return count;
  }

  void tell(String fault) {
    count++;
    told.accept(fault);
  }

  /** One that these actions set right. */
  void tell(String fault, Action... repairs) {
    boolean repaired = repair && table.transact(repairs).committed();
    tell(repaired ? fault + " (repaired)" : fault);
  }
}
