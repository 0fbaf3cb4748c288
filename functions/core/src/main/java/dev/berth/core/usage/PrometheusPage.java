package dev.berth.core.usage;

import dev.berth.core.usage.CallCounts.CallCount;
import java.util.List;
import java.util.Map;
import java.util.function.ToLongFunction;

/** The counts as a page for Prometheus, in its text format 0.0.4. */
public final class PrometheusPage {

  public static final String CONTENT_TYPE = "text/plain; version=0.0.4";

  private PrometheusPage() {}

  /**
   * @param byRegion each region's counts
   * @param auditRecordsLost since the process began
   */
  public static String of(Map<String, List<CallCount>> byRegion, long auditRecordsLost) {
    var page = new StringBuilder();
    counter(
        page, "berth_call_count_total", "Calls of ECR's API and its OCI counterparts, by account.");
    byRegion.forEach(
        (region, counts) ->
            samples(page, "berth_call_count_total", region, counts, CallCount::calls));
    counter(
        page,
        "berth_throttled_count_total",
        "Those of the calls that were refused for their rate.");
    byRegion.forEach(
        (region, counts) ->
            samples(page, "berth_throttled_count_total", region, counts, CallCount::throttled));
    counter(page, "berth_audit_records_lost_total", "Audit records that could not be written.");
    return page.append("berth_audit_records_lost_total ")
        .append(auditRecordsLost)
        .append('\n')
        .toString();
  }

  private static void counter(StringBuilder page, String name, String help) {
    page.append("# HELP ").append(name).append(' ').append(help).append('\n');
    page.append("# TYPE ").append(name).append(" counter\n");
  }

  /** Accounts, actions and regions have no character that a label would have to escape. */
  private static void samples(
      StringBuilder page,
      String name,
      String region,
      List<CallCount> counts,
      ToLongFunction<CallCount> value) {
    for (CallCount count : counts) {
      page.append(name)
          .append("{service=\"ECR\",type=\"API\",resource=\"")
          .append(count.action())
          .append("\",class=\"None\",account=\"")
          .append(count.account())
          .append("\",region=\"")
          .append(region)
          .append("\"} ")
          .append(value.applyAsLong(count))
          .append('\n');
    }
  }
}
