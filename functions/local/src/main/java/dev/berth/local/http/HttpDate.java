package dev.berth.local.http;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** The value of the Date header (RFC 9110, section 5.6.7), written once a second. */
final class HttpDate {

  private static final DateTimeFormatter FORMAT =
      DateTimeFormatter.ofPattern("EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.ROOT)
          .withZone(ZoneOffset.UTC);

  private static volatile HttpDate last = new HttpDate(0);

  private final long second;
  private final String text;

  private HttpDate(long second) {
    this.second = second;
    this.text = FORMAT.format(Instant.ofEpochSecond(second));
  }

  static String now() {
    long second = System.currentTimeMillis() / 1000;
    var date = last;
    if (date.second != second) {
      date = new HttpDate(second);
      last = date;
    }
    return date.text;
  }
}
