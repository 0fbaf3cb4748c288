package dev.berth.core.audit;

/** Where records are kept: append-only. */
@FunctionalInterface
public interface AuditLog {

  /**
   * Keeps a record before it returns. Never throws: the call that the record is of has been
   * answered for good or ill, so a record that cannot be kept is counted and told instead, and
   * another one says how many were lost once records can be kept again.
   */
  void append(AuditRecord written);
}
