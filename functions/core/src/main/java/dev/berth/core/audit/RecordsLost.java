package dev.berth.core.audit;

/**
 * That records could not be kept: the event {@code AuditRecordsLost}, which CloudTrail does not
 * have.
 *
 * @param count of records
 * @param first when the first of them was lost, in ISO 8601
 * @param last likewise
 */
public record RecordsLost(long count, String first, String last) implements ServiceEventDetails {

  /** The name of the event. */
  public static final String EVENT = "AuditRecordsLost";
}
