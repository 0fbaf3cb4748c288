package dev.berth.core.audit;

/** Where records are kept: append-only. */
@FunctionalInterface
public interface AuditLog {

  /**
   * Keeps a record before it returns, of what somebody remembers until it is kept.
   *
   * @throws AuditException if it cannot be kept. It does not count as lost: the caller has it
   *     still, and keeps it later
   */
  void keep(AuditRecord written);

  /**
   * Keeps a record before it returns. Never throws: the call that the record is of has been
   * answered for good or ill, so a log that may fail to keep one counts and tells it instead, and
   * another one says how many were lost once records can be kept again.
   */
  default void append(AuditRecord written) {
    keep(written);
  }
}
