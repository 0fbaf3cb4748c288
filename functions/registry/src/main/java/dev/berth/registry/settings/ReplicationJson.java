package dev.berth.registry.settings;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.berth.core.replication.ReplicationConfiguration;
import dev.berth.core.replication.ReplicationConfiguration.Destination;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;

/**
 * How a replication configuration is written down: as the API's ReplicationConfiguration, and
 * beside it since when each destination has been in it, in milliseconds by {@code region/account}.
 */
final class ReplicationJson {

  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final String SEPARATOR = "/";

  private ReplicationJson() {}

  static String write(ReplicationConfiguration configuration) {
    return writeValue(configuration);
  }

  static String writeTimes(Map<Destination, Instant> since) {
    Map<String, Long> times = new TreeMap<>();
    since.forEach(
        (destination, time) ->
            times.put(
                destination.region() + SEPARATOR + destination.registryId(), time.toEpochMilli()));
    return writeValue(times);
  }

  static Map<Destination, Instant> readTimes(String json) {
    Map<Destination, Instant> since = new HashMap<>();
    readValue(json, new TypeReference<Map<String, Long>>() {})
        .forEach(
            (destination, millis) -> {
              String[] parts = destination.split(SEPARATOR);
              since.put(new Destination(parts[0], parts[1]), Instant.ofEpochMilli(millis));
            });
    return since;
  }

  private static String writeValue(Object value) {
    try {
      return MAPPER.writeValueAsString(value);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }

  static ReplicationConfiguration read(String json) {
    return readValue(json, new TypeReference<>() {});
  }

  private static <T> T readValue(String json, TypeReference<T> type) {
    try {
      return MAPPER.readValue(json, type);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }
}
