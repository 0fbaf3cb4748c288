package dev.berth.local.audit;

import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a file of records is called: {@code 2026-01-31.0001.jsonl}.
 *
 * @param day in UTC, on which its records were written
 * @param part from 1: a day's records may fill several files
 */
record AuditFileName(LocalDate day, int part) implements Comparable<AuditFileName> {

  private static final Pattern FORM =
      Pattern.compile("([0-9]{4}-[0-9]{2}-[0-9]{2})\\.([0-9]{4,9})\\.jsonl");

  private static final Comparator<AuditFileName> ORDER =
      Comparator.comparing(AuditFileName::day).thenComparing(AuditFileName::part);

  static Optional<AuditFileName> of(Path file) {
    Matcher name = FORM.matcher(file.getFileName().toString());
    try {
      return name.matches()
          ? Optional.of(
              new AuditFileName(LocalDate.parse(name.group(1)), Integer.parseInt(name.group(2))))
          : Optional.empty();
    } catch (DateTimeException noDay) {
      return Optional.empty();
    }
  }

  AuditFileName next() {
    return new AuditFileName(day, part + 1);
  }

  Path in(Path directory) {
    return directory.resolve("%s.%04d.jsonl".formatted(day, part));
  }

  @Override
  public int compareTo(AuditFileName other) {
    return ORDER.compare(this, other);
  }
}
