package dev.berth.local.audit;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.function.BiPredicate;

/** Finds records in files, oldest first, whether or not a host is writing to them. */
public final class AuditReader {

  private static final ObjectMapper MAPPER = new ObjectMapper();

  private final Path directory;

  public AuditReader(Path directory) {
    this.directory = directory;
  }

  /**
   * Hands over what matches. Files of days before the query's are not read.
   *
   * @param taker of the line and what it says; stops by false
   * @throws IOException if a file cannot be read
   */
  public void find(AuditQuery query, BiPredicate<String, JsonNode> taker) throws IOException {
    LocalDate first =
        query
            .since()
            .map(since -> LocalDate.ofInstant(since, ZoneOffset.UTC))
            .orElse(LocalDate.MIN);
    for (AuditFileName name : AuditFiles.names(directory)) {
      if (!name.day().isBefore(first) && !find(name.in(directory), query, taker)) {
        return;
      }
    }
  }

  private static boolean find(Path file, AuditQuery query, BiPredicate<String, JsonNode> taker)
      throws IOException {
    // what is no ASCII is no line of ours, and no reason to stop
    try (BufferedReader lines = Files.newBufferedReader(file, StandardCharsets.ISO_8859_1)) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        Optional<JsonNode> event = event(line, query);
        if (event.isPresent() && !taker.test(line, event.get())) {
          return false;
        }
      }
      return true;
    } catch (NoSuchFileException expired) {
      return true;
    }
  }

  /** Empty for a line that was broken off. */
  private static Optional<JsonNode> event(String line, AuditQuery query) {
    try {
      if (query.eventName().filter(name -> !line.contains(name)).isPresent()) {
        return Optional.empty();
      }
      JsonNode event = MAPPER.readTree(line);
      return event.isObject() && query.matches(event) ? Optional.of(event) : Optional.empty();
    } catch (JsonProcessingException | DateTimeException broken) {
      return Optional.empty();
    }
  }
}
