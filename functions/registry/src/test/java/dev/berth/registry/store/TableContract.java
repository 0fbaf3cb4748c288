package dev.berth.registry.store;

/**
 * What every adapter of {@link Table} does, whatever it stands on. A test class of an adapter
 * extends this and says which table; one table serves all tests, since each has its own partition.
 */
public abstract class TableContract
    implements TableGetContract,
        TableQueryContract,
        TableScanContract,
        TableTransactContract,
        TableConditionContract,
        TableUpdateContract,
        TableLimitsContract,
        TableConcurrencyContract {}
